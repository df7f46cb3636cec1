// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.Locale;
import java.util.Set;

/** The headers that a caller may add to requests. */
final class HeaderRules {
  private static final Set<String> RESERVED =
      Set.of(
          "accept",
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "te",
          "transfer-encoding",
          "upgrade");

  private HeaderRules() {}

  static HttpTransport.Header checked(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(HeaderRules::isTokenCharacter)) {
      throw new IllegalArgumentException("a header name must be an HTTP token, such as X-Name");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "the header " + name + " is reserved: the client sets it itself");
    }
    if (!value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f))) {
      throw new IllegalArgumentException(
          "the value of header " + name + " has a character that is not printable ASCII");
    }
    return new HttpTransport.Header(name, value);
  }

  private static boolean isTokenCharacter(int c) {
    return c > 0x20 && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }
}
