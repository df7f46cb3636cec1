// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import org.hgwire.client.HttpTransport;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.TransportFactory;

/** Opens transports with a client of their own; found as a service. */
public final class OkHttpTransportFactory implements TransportFactory {
  /** Makes the factory. */
  public OkHttpTransportFactory() {}

  @Override
  public HttpTransport open(PeerOptions options) {
    return new OkHttpTransport(ClientSettings.of(options), true);
  }
}
