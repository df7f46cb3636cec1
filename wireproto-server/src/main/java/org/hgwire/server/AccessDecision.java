// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

/** What {@link AccessControl} says. */
public sealed interface AccessDecision {
  /** The caller may. */
  record Allowed() implements AccessDecision {}

  /** The caller may not, whoever it is. */
  record Refused() implements AccessDecision {}

  /**
   * The caller is asked to say who it is (401).
   *
   * @param challenge the WWW-Authenticate header, as {@code Basic realm="hg"}
   */
  record AuthenticationRequired(String challenge) implements AccessDecision {
    /** Refuses a challenge that does not fit into a header. */
    public AuthenticationRequired {
      if (challenge.isEmpty() || challenge.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
        throw new IllegalArgumentException("a challenge is one line of printable ASCII");
      }
    }
  }

  /** Returns that the caller may. */
  static AccessDecision allowed() {
    return new Allowed();
  }

  /** Returns that the caller may not. */
  static AccessDecision refused() {
    return new Refused();
  }

  /** Returns that the caller has to give a user name and a password for {@code realm}. */
  static AccessDecision askForPassword(String realm) {
    return new AuthenticationRequired(
        "Basic realm=\"" + realm.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }
}
