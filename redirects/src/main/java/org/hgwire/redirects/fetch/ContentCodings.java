// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header Content-Encoding (RFC 9110, section 8.4). Requests ask for content without a
 * coding.
 */
public final class ContentCodings {
  /**
   * Names that stand for no coding. {@code aws-chunked} says how an object was uploaded; object
   * stores send it with the object as it is.
   */
  private static final Set<String> NONE = Set.of("", "identity", "aws-chunked");

  private ContentCodings() {}

  /**
   * Returns whether content is sent as it is.
   *
   * @param value the header, a list if there are several codings; or null
   */
  public static boolean isNone(@Nullable String value) {
    if (value == null) {
      return true;
    }
    for (String name : value.split(",", -1)) {
      if (!NONE.contains(name.strip().toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }
}
