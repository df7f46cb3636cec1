// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

/**
 * Opens the transport of a peer. The one that is found by {@link java.util.ServiceLoader} is used
 * unless {@link PeerOptions.Builder#transport} names another.
 */
public interface TransportFactory {
  /**
   * Returns a new transport that applies the timeouts, the proxy and the TLS of {@code options}.
   */
  HttpTransport open(PeerOptions options);
}
