// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.hgwire.client.TransportFactory;
import org.hgwire.redirects.AddressPolicy;

/** Names that end in {@code .test} are this machine. */
final class LocalNames implements Dns {
  /** Allows this machine. */
  static final AddressPolicy LOOPBACK =
      AddressPolicy.PUBLIC.allowing("127.0.0.0/8").allowing("::1");

  /** Returns a factory whose names are resolved by {@code dns}. */
  static TransportFactory transport(Dns dns) {
    return OkHttpTransport.using(new OkHttpClient.Builder().dns(dns).build());
  }

  static TransportFactory transport() {
    return transport(new LocalNames());
  }

  /** Reads an address. */
  static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getAllByName(text)[0];
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    if (!hostname.endsWith(".test") && !hostname.equals("localhost")) {
      throw new UnknownHostException(hostname);
    }
    return List.of(InetAddress.getByAddress(hostname, new byte[] {127, 0, 0, 1}));
  }
}
