// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/**
 * The server redirects, and the redirect must not be followed: a content redirect of a response, or
 * an HTTP redirect (3xx).
 */
public final class RedirectNotFollowedException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final String location;

  /**
   * Makes the error.
   *
   * @param location where the server redirects to, printable
   */
  public RedirectNotFollowedException(String location, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.location = location;
  }

  /**
   * Returns where the server redirects to; printable, not validated: do not follow it unchecked.
   */
  public String location() {
    return location;
  }

  @Override
  PeerException again() {
    return new RedirectNotFollowedException(location, String.valueOf(getMessage()), this);
  }
}
