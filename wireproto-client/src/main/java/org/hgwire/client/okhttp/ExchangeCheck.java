// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLSocket;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.trust.ContentTrust;

/**
 * Looks at the connection of every exchange, new, pooled or resumed, before the request is sent: is
 * it one to the host of the URL, at an address that is allowed, with the certificate that is named?
 */
final class ExchangeCheck implements Interceptor {
  private final ContentTrust trust;
  private final AddressPolicy addresses;

  ExchangeCheck(ContentTrust trust, AddressPolicy addresses) {
    this.trust = trust;
    this.addresses = addresses;
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
      addresses.requireAllowed(host, address == null ? List.of() : List.of(address));
    }
  }

  private void requireCertificate(String host, Socket socket) throws IOException {
    if (!(socket instanceof SSLSocket tls)) {
      throw new RedirectException(
          RedirectFault.TLS, "The connection to the content host " + host + " is not TLS.");
    }
    trust.requirePeer(List.of(tls.getSession().getPeerCertificates()), host);
  }
}
