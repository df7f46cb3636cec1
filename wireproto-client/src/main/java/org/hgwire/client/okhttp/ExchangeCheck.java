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
 * Checks the connection of every exchange, new, pooled or resumed, before the request is sent: it
 * must be one to the host of the URL, at an allowed address, with the right certificate.
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
          RedirectFault.TLS, "The connection to the content host cannot be checked.");
    }
    String host = chain.request().url().host();
    if (!connection.route().address().url().host().equals(host)) {
      throw new RedirectException(
          RedirectFault.TLS,
          "The connection for " + host + " belongs to another host with the same certificate.");
    }
    requireAddress(host, connection);
    if (chain.request().isHttps()) {
      requireCertificate(host, connection.socket());
    }
    return chain.proceed(chain.request());
  }

  /** The address that a proxy connects to is unknown. */
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
