// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.Origin;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;

/** Translates the exceptions of a fetcher. */
final class FetchFaults {
  /** How many causes are searched: a chain of causes may be a ring. */
  private static final int MAX_CAUSES = 16;

  private FetchFaults() {}

  static RedirectException of(IOException e, URI url) {
    RedirectException found = find(e, RedirectException.class);
    if (found != null) {
      return found;
    }
    String place = place(url);
    if (e instanceof UnknownHostException) {
      return new RedirectException(
          RedirectFault.UNKNOWN_HOST,
          "The content host " + Origin.of(url).host() + " is unknown.",
          e);
    }
    if (e instanceof InterruptedIOException) {
      return new RedirectException(
          RedirectFault.TIMEOUT, "The content host " + place + " did not respond in time.", e);
    }
    if (e instanceof SSLPeerUnverifiedException || find(e, CertificateException.class) != null) {
      return new RedirectException(
          RedirectFault.CERTIFICATE,
          "The certificate of the content host " + place + " is not trusted" + reason(e) + ".",
          e);
    }
    if (e instanceof SSLException) {
      return new RedirectException(
          RedirectFault.TLS, "TLS with the content host " + place + " failed" + reason(e) + ".", e);
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return new RedirectException(
          RedirectFault.UNREACHABLE,
          "No connection to the content host " + place + reason(e) + ".",
          e);
    }
    if (e instanceof ProtocolException && !String.valueOf(e.getMessage()).contains("end of")) {
      return new RedirectException(
          RedirectFault.STATUS,
          "The response of the content host " + place + " is not HTTP" + reason(e) + ".",
          e);
    }
    return new RedirectException(
        RedirectFault.CUT,
        "The connection to the content host " + place + " broke" + reason(e) + ".",
        e);
  }

  private static <T extends Throwable> @org.jspecify.annotations.Nullable T find(
      Throwable e, Class<T> type) {
    Throwable at = e;
    for (int i = 0; i < MAX_CAUSES && at != null; i++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }

  static String place(URI url) {
    return Origin.of(url).authority();
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? "" : " (" + PeerText.line(message) + ")";
  }
}
