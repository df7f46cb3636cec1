// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import org.hgwire.client.HttpTransport;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.TransportFactory;
import org.hgwire.client.okhttp.OkHttpTransportFactory;
import org.hgwire.conformance.suite.ClientUnderTest.JavaClient;
import org.hgwire.conformance.suite.KnownClients;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.jspecify.annotations.Nullable;

/** Our client, with faults between it and HTTP. */
final class OurClient {
  private OurClient() {}

  static JavaClient with(ClientFault fault) {
    TransportFactory transport = transport(fault);
    return (url, directory) -> KnownClients.pull(url, directory, transport);
  }

  /** Returns transports with a fault. */
  static TransportFactory transport(ClientFault fault) {
    TransportFactory sound = new OkHttpTransportFactory();
    return new TransportFactory() {
      @Override
      public HttpTransport open(PeerOptions options) {
        return new FaultyTransport(fault, sound.open(options));
      }

      @Override
      public @Nullable ContentFetcher openFetcher(PeerOptions options) {
        return sound.openFetcher(options);
      }
    };
  }
}
