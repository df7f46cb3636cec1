// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Limits as the tables of vectors have them. */
public final class VectorLimits {
  private VectorLimits() {}

  /**
   * Returns the defaults with what {@code text} sets: {@code max-cbor-depth=3 max-cbor-items=4}.
   */
  public static WireLimits parse(@Nullable String text) {
    WireLimits limits = WireLimits.defaults();
    for (String limit : text == null ? new String[0] : text.split(" ", -1)) {
      String[] pair = limit.split("=", -1);
      limits =
          limits.with(
              WireLimit.valueOf(pair[0].toUpperCase(Locale.ROOT).replace('-', '_')),
              Long.parseLong(pair[1]));
    }
    return limits;
  }
}
