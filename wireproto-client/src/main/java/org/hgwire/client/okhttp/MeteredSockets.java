// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes metered sockets. Equal factories make the same sockets: their connections are shared. */
final class MeteredSockets extends SocketFactory {
  private final SocketFactory factory;
  private final MeterRules rules;

  MeteredSockets(SocketFactory factory, MeterRules rules) {
    this.factory = factory instanceof MeteredSockets metered ? metered.factory : factory;
    this.rules = rules;
  }

  private Socket metered(Socket socket) throws IOException {
    return new MeteredSocket(socket, rules.meter(socket, null));
  }

  @Override
  public Socket createSocket() throws IOException {
    return metered(factory.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return metered(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return metered(factory.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return metered(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return metered(factory.createSocket(host, port, local, localPort));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MeteredSockets that
        && factory.equals(that.factory)
        && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return Objects.hash(factory, rules);
  }
}
