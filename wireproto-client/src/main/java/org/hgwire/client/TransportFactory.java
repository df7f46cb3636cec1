// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.redirects.fetch.ContentFetcher;
import org.jspecify.annotations.Nullable;

/**
 * Opens the transport of a peer. A peer uses the factory that {@link java.util.ServiceLoader}
 * finds, unless {@link PeerOptionsBuilder#transport} sets another.
 */
public interface TransportFactory {
  /**
   * Returns a new transport that applies the timeouts, the proxy and the TLS of {@code options}.
   */
  HttpTransport open(PeerOptions options);

  /**
   * Returns a new fetcher of content, which shares nothing with what {@link #open} returns, or null
   * if this transport fetches none: then no redirect is offered to the server.
   */
  default @Nullable ContentFetcher openFetcher(PeerOptions options) {
    return null;
  }
}
