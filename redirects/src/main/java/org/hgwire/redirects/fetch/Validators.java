// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds the strong validator in the head of a response: what identifies this version of the
 * content.
 */
final class Validators {
  private Validators() {}

  /** Returns the value for {@code If-Range}, or null if the response has no strong validator. */
  static @Nullable String strong(ContentResponse response) {
    String tag = response.header("ETag");
    if (tag != null) {
      return isStrongTag(tag) ? tag : null;
    }
    String modified = response.header("Last-Modified");
    String date = response.header("Date");
    if (modified == null || date == null) {
      return null;
    }
    Instant changed = HttpDate.parse(modified);
    Instant responded = HttpDate.parse(date);
    // It is strong if it is "at least one second" earlier than the Date (RFC 9110, section
    // 8.8.2.2).
    return changed != null && responded != null && !responded.isBefore(changed.plusSeconds(1))
        ? modified
        : null;
  }

  /** A weak one begins with {@code W/} (RFC 9110, section 8.8.3). */
  private static boolean isStrongTag(String tag) {
    if (tag.length() < 2 || tag.charAt(0) != '"' || tag.charAt(tag.length() - 1) != '"') {
      return false;
    }
    return tag.substring(1, tag.length() - 1)
        .chars()
        .allMatch(c -> c > 0x20 && c < 0x7f && c != '"');
  }
}
