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

/** Says what an {@link IOException} of a transport means to the caller. */
final class TransportFaults {
  private TransportFaults() {}

  static PeerException of(IOException e, URI url) {
    if (e instanceof PeerException fault) {
      return fault;
    }
    String place = place(url);
    if (e instanceof UnknownHostException) {
      return new TransportException(
          "The host " + url.getHost() + " is unknown; check the address and the network.", e);
    }
    if (e instanceof SocketTimeoutException) {
      return new PeerTimeoutException(
          place + " did not answer in time (" + reason(e) + "); try again, or allow more time.", e);
    }
    if (e instanceof InterruptedIOException) {
      return reason(e).toLowerCase(Locale.ROOT).contains("timeout")
          ? new PeerTimeoutException(
              place + " did not answer in time; try again, or allow more time.", e)
          : new TransportException(
              "The exchange with " + place + " was interrupted; make it again.", e);
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return new TransportException(
          "No connection to " + place + " (" + reason(e) + "); check that a server runs there.", e);
    }
    if (e instanceof SSLException) {
      return new TransportException(
          "No trusted TLS connection to "
              + place
              + " ("
              + reason(e)
              + "); check its certificate, or name the authority that signed it.",
          e);
    }
    return new TransportException(
        "The connection to " + place + " broke (" + reason(e) + "); try again.", e);
  }

  /** Returns whether another attempt may succeed where {@code failure} ended the last one. */
  static boolean isTransient(PeerException failure) {
    if (failure instanceof TransportException) {
      Throwable cause = failure.getCause();
      return !(cause instanceof UnknownHostException
          || cause instanceof SSLException
          || (cause instanceof InterruptedIOException
              && !(failure instanceof PeerTimeoutException)));
    }
    if (failure instanceof HttpStatusException http) {
      return http.status() == 502 || http.status() == 503 || http.status() == 504;
    }
    return failure instanceof PeerProtocolException protocol
        && protocol.fault().code() == WireErrorCode.TRUNCATED;
  }

  /** Returns whether nothing was reached at all. */
  static boolean isUnreachable(PeerException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof ConnectException || cause instanceof NoRouteToHostException;
  }

  static String place(URI url) {
    return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : PeerText.line(message);
  }
}
