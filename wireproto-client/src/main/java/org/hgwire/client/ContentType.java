// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads Content-Type headers. */
final class ContentType {
  private ContentType() {}

  /** Returns the type without parameters, in lower case; empty if there is none. */
  static String of(@Nullable String header) {
    if (header == null) {
      return "";
    }
    int semicolon = header.indexOf(';');
    return (semicolon < 0 ? header : header.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
