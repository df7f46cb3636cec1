// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/**
 * The server says that the answer is elsewhere, and it was not allowed to go there: a content
 * redirect of a response, or an HTTP redirect (3xx).
 */
public final class RedirectNotFollowedException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final String location;

  /**
   * Makes the error.
   *
   * @param location where the server points, printable
   */
  public RedirectNotFollowedException(String location, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.location = location;
  }

  /** Returns where the server points; printable, not checked, not to be followed blindly. */
  public String location() {
    return location;
  }

  @Override
  PeerException again() {
    return new RedirectNotFollowedException(location, String.valueOf(getMessage()), this);
  }
}
