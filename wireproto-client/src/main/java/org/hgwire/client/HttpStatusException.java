// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server responded with an HTTP status that is not success. */
public class HttpStatusException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final Duration retryAfter;

  /** Makes the error. */
  public HttpStatusException(int status, String message, @Nullable Throwable cause) {
    this(status, Duration.ZERO, message, cause);
  }

  /**
   * Makes the error.
   *
   * @param retryAfter how long the server asks to wait; zero if it does not say
   */
  public HttpStatusException(
      int status, Duration retryAfter, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Returns the HTTP status code. */
  public int status() {
    return status;
  }

  /** Returns how long the server asks to wait before the next attempt; zero if it does not say. */
  public Duration retryAfter() {
    return retryAfter;
  }

  @Override
  PeerException again() {
    return new HttpStatusException(status, retryAfter, String.valueOf(getMessage()), this);
  }
}
