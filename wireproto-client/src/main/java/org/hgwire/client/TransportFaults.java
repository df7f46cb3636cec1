// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.redirects.Origin;
import org.hgwire.redirects.fetch.RetryAfter;

/** Makes the error for an {@link IOException} of a transport. */
final class TransportFaults {
  private TransportFaults() {}

  static PeerException of(IOException e, URI url) {
    if (e instanceof PeerException fault) {
      return fault;
    }
    String place = place(url);
    if (e instanceof UnknownHostException) {
      return new TransportException(
          "The host " + Origin.of(url).host() + " is unknown; check the address and the network.",
          e);
    }
    if (e instanceof SocketTimeoutException) {
      return new PeerTimeoutException(
          place + " did not respond in time (" + reason(e) + "); try again, or allow more time.",
          e);
    }
    if (e instanceof InterruptedIOException) {
      return reason(e).toLowerCase(Locale.ROOT).contains("timeout")
          ? new PeerTimeoutException(
              place + " did not respond in time; try again, or allow more time.", e)
          : new TransportException(
              "The exchange with " + place + " was interrupted; repeat it.", e);
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return new TransportException(
          "Cannot connect to "
              + place
              + " ("
              + reason(e)
              + "); check that a server is running there.",
          e);
    }
    if (e instanceof SSLException) {
      return new TransportException(
          "Cannot establish a trusted TLS connection to "
              + place
              + " ("
              + reason(e)
              + "); check its certificate, or trust the authority that signed it.",
          e);
    }
    return new TransportException(
        "The connection to " + place + " failed (" + reason(e) + "); try again.", e);
  }

  /**
   * Makes the error for a request that an HTTP redirect led to another address, from which no
   * response came: the redirect is what is wrong, not the address that the caller gave.
   */
  static PeerException afterRedirect(IOException e, URI given, URI reached) {
    PeerException fault = of(e, reached);
    if (!(fault instanceof TransportException)) {
      return fault;
    }
    String message =
        fault.getMessage()
            + " "
            + Origin.of(given)
            + " redirects there; a proxy that puts its own port into redirects causes this: "
            + HttpRedirectRules.repository(URI.create(Origin.of(given) + path(reached)))
            + " may be the address to give.";
    return fault instanceof PeerTimeoutException
        ? new PeerTimeoutException(message, e)
        : new TransportException(message, e);
  }

  private static String path(URI url) {
    return url.getRawPath() == null ? "" : url.getRawPath();
  }

  /** Returns whether another attempt may succeed after {@code failure}. */
  static boolean isTransient(PeerException failure) {
    if (failure instanceof RequestTooLargeException tooLarge) {
      return tooLarge.isSuspected();
    }
    if (failure instanceof TransportException) {
      Throwable cause = failure.getCause();
      return !(cause instanceof UnknownHostException
          || cause instanceof SSLException
          || (cause instanceof InterruptedIOException
              && !(failure instanceof PeerTimeoutException)));
    }
    if (failure instanceof HttpStatusException http) {
      return RetryAfter.isTransient(http.status());
    }
    return failure instanceof PeerProtocolException protocol
        && protocol.fault().code() == WireErrorCode.TRUNCATED;
  }

  /** Returns whether no connection was made at all. */
  static boolean isUnreachable(PeerException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof ConnectException || cause instanceof NoRouteToHostException;
  }

  static String place(URI url) {
    return Origin.of(url).authority();
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : PeerText.line(message);
  }
}
