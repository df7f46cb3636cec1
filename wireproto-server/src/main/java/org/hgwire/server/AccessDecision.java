// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

/** The result of {@link AccessControl}. */
public sealed interface AccessDecision {
  /** The caller may. */
  record Allowed() implements AccessDecision {}

  /** The caller may not (403). */
  record Refused() implements AccessDecision {}

  /**
   * The caller has to authenticate first (401).
   *
   * @param challenge the value of the WWW-Authenticate header, such as {@code Basic realm="hg"}
   */
  record AuthenticationRequired(String challenge) implements AccessDecision {
    /** Refuses a challenge that does not fit into a header. */
    public AuthenticationRequired {
      Challenges.check(challenge);
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

  /**
   * Returns that the caller has to authenticate.
   *
   * @param challenge the value of the WWW-Authenticate header
   */
  static AccessDecision authenticationRequired(String challenge) {
    return new AuthenticationRequired(challenge);
  }

  /** Returns that the caller has to give a user name and a password for {@code realm}. */
  static AccessDecision passwordRequired(String realm) {
    return new AuthenticationRequired(Challenges.basic(realm));
  }
}
