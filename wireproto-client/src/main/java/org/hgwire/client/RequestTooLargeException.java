// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A request is too large for the server or a proxy before it, or larger than {@link
 * PeerOptions#maxRequestBytes()}: then it was not sent. Smaller requests may succeed.
 */
public final class RequestTooLargeException extends TransportException {
  private static final long serialVersionUID = 1L;

  /** Not a WireLimit: no server is known that refuses shorter bodies by closing the connection. */
  private static final long MIN_SUSPECT = 32 * 1024;

  private final boolean suspected;

  private RequestTooLargeException(String message, boolean suspected, @Nullable Throwable cause) {
    super(message, cause);
    this.suspected = suspected;
  }

  static RequestTooLargeException notSent(long bytes, long max) {
    return new RequestTooLargeException(
        "A request of "
            + bytes
            + " bytes is longer than the "
            + max
            + " that may be sent; send fewer arguments, or allow more.",
        false,
        null);
  }

  static RequestTooLargeException refused(String place, String said) {
    return new RequestTooLargeException(
        place
            + " refused a request as too large (413)"
            + said
            + "; send fewer arguments, or let the server or the proxy before it accept more.",
        false,
        null);
  }

  /**
   * Returns {@code failure}, or what it becomes if it may be due to the length of the request: some
   * servers close the connection in the middle of an upload that they refuse.
   */
  static PeerException ofUpload(PeerException failure, long bytes, URI url) {
    Throwable cause = failure.getCause();
    boolean isCut =
        failure.getClass() == TransportException.class
            && !(cause instanceof UnknownHostException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLException
                || cause instanceof InterruptedIOException);
    return isCut && bytes >= MIN_SUSPECT
        ? new RequestTooLargeException(
            TransportFaults.place(url)
                + " closed the connection before it responded to a request of "
                + bytes
                + " bytes, which may be too large for it ("
                + failure.getMessage()
                + ")",
            true,
            failure)
        : failure;
  }

  /** Returns whether the connection was cut, which may have another reason. */
  boolean isSuspected() {
    return suspected;
  }

  @Override
  PeerException again() {
    return new RequestTooLargeException(String.valueOf(getMessage()), suspected, this);
  }
}
