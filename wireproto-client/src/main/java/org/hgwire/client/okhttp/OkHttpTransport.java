// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import okhttp3.OkHttpClient;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.TransportFactory;

/** Sends the requests of a peer with OkHttp. */
public final class OkHttpTransport implements HttpTransport {
  private OkHttpTransport() {}

  /**
   * Returns a factory of transports that share the connections, TLS, proxy and DNS of {@code
   * client}; {@link org.hgwire.client.PeerOptions#tls()} and {@link
   * org.hgwire.client.PeerOptions#proxy()} do not count then. Redirects, cookies, caching,
   * authenticators and retries of the client are switched off.
   */
  public static TransportFactory using(OkHttpClient client) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Response send(Request request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
