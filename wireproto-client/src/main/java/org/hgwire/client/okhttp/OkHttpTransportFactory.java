// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import okhttp3.Dns;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.TransportFactory;
import org.hgwire.redirects.fetch.ContentFetcher;

/**
 * Opens transports, each with its own {@code OkHttpClient}; the default, which {@link
 * java.util.ServiceLoader} finds.
 */
public final class OkHttpTransportFactory implements TransportFactory {
  /** Makes the factory. */
  public OkHttpTransportFactory() {}

  @Override
  public HttpTransport open(PeerOptions options) {
    return new OkHttpTransport(ClientSettings.of(options), options, options.proxies(), true);
  }

  @Override
  public ContentFetcher openFetcher(PeerOptions options) {
    return new OkHttpContentFetcher(options, Dns.SYSTEM, ProxyChoice.of(options.proxies()));
  }
}
