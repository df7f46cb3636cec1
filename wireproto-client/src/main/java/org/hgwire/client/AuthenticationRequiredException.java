// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/**
 * The server or the proxy requires credentials, or does not accept those that were sent (401, 407).
 */
public final class AuthenticationRequiredException extends HttpStatusException {
  private static final long serialVersionUID = 1L;

  /** Makes the error. */
  public AuthenticationRequiredException(int status, String message, @Nullable Throwable cause) {
    super(status, message, cause);
  }

  @Override
  PeerException again() {
    return new AuthenticationRequiredException(status(), String.valueOf(getMessage()), this);
  }
}
