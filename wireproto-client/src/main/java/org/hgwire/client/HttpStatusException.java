// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/** The server responded with an HTTP status that is not success. */
public class HttpStatusException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** Makes the error. */
  public HttpStatusException(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns the HTTP status code. */
  public int status() {
    return status;
  }

  @Override
  PeerException again() {
    return new HttpStatusException(status, String.valueOf(getMessage()), this);
  }
}
