// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes metered TLS sockets. Equal factories make the same sockets. */
final class MeteredTlsSockets extends SSLSocketFactory {
  private final SSLSocketFactory factory;
  private final MeterRules rules;

  MeteredTlsSockets(SSLSocketFactory factory, MeterRules rules) {
    this.factory = factory instanceof MeteredTlsSockets metered ? metered.factory : factory;
    this.rules = rules;
  }

  @Override
  public Socket createSocket(Socket raw, String host, int port, boolean autoClose)
      throws IOException {
    ConnectionMeter below = raw instanceof Metered metered ? metered.meter() : null;
    SSLSocket socket = (SSLSocket) factory.createSocket(raw, host, port, autoClose);
    return new MeteredTlsSocket(socket, rules.meter(raw, below));
  }

  private Socket metered(Socket socket) {
    return new MeteredTlsSocket((SSLSocket) socket, rules.meter(socket, null));
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
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MeteredTlsSockets that
        && factory.equals(that.factory)
        && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return Objects.hash(factory, rules);
  }
}
