// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the connection of every exchange, new, pooled or resumed, before the request is sent: is
 * it one to the host of the URL, at an address that is allowed, with the certificate that is named?
 */
final class ExchangeCheck implements Interceptor {
  private final PinSet pins;
  private final RedirectPolicy policy;

  ExchangeCheck(PinSet pins, RedirectPolicy policy) {
    this.pins = pins;
    this.policy = policy;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection == null) {
      throw new RedirectException(
          RedirectFault.TLS, "The connection to the content host cannot be looked at.");
    }
    String host = chain.request().url().host();
    if (!connection.route().address().url().host().equals(host)) {
      throw new RedirectException(
          RedirectFault.TLS,
          "A connection to another host was to be used for " + host + "; it shares a certificate.");
    }
    requireAddress(host, connection);
    if (chain.request().isHttps()) {
      requireCertificate(host, connection.socket());
    }
    return chain.proceed(chain.request());
  }

  /** Through a proxy the address that the proxy connects to cannot be seen. */
  private void requireAddress(String host, Connection connection) throws RedirectException {
    if (connection.route().proxy().type() == Proxy.Type.DIRECT) {
      InetAddress address = connection.socket().getInetAddress();
      policy.addresses().requireAllowed(host, address == null ? List.of() : List.of(address));
    }
  }

  private void requireCertificate(String host, Socket socket) throws IOException {
    X509Certificate own = socket instanceof SSLSocket tls ? certificate(tls) : null;
    if (own == null) {
      throw new RedirectException(
          RedirectFault.CERTIFICATE, "The content host " + host + " shows no certificate.");
    }
    if (!policy.ignoreExpiry()) {
      try {
        own.checkValidity();
      } catch (CertificateException e) {
        throw new RedirectException(
            RedirectFault.CERTIFICATE,
            "The certificate of the content host "
                + host.toLowerCase(Locale.ROOT)
                + " is not valid now.",
            e);
      }
    }
    pins.requireServer(own);
  }

  private static @Nullable X509Certificate certificate(SSLSocket socket) throws IOException {
    Certificate[] chain = socket.getSession().getPeerCertificates();
    return chain.length > 0 && chain[0] instanceof X509Certificate own ? own : null;
  }
}
