// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

/** Challenges of HTTP authentication (RFC 9110, 11.6.1). */
final class Challenges {
  private Challenges() {}

  /** Refuses a challenge that does not fit into a header. */
  static void check(String challenge) {
    if (challenge.isEmpty() || challenge.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new IllegalArgumentException("a challenge is one line of printable ASCII");
    }
  }

  /** Returns the challenge of basic authentication (RFC 7617) for {@code realm}. */
  static String basic(String realm) {
    return "Basic realm=\"" + realm.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
