// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server of HTTP/1.1, one request per connection; it keeps the last
 * response and can send the beginning of one again.
 */
final class CuttingGateway implements AutoCloseable {
  private final ServerSocket listener;
  private final int port;
  private volatile byte @Nullable [] replay;
  private volatile byte[] last = {};

  /** Begins to accept connections for the server at a port of this machine. */
  CuttingGateway(int port) throws IOException {
    this.port = port;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "cutting-gateway");
    thread.setDaemon(true);
    thread.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  /** Sends these bytes, head and body, in place of the next response. */
  void replayNext(byte[] response) {
    replay = response;
  }

  /** Returns the last response of the server, head and body. */
  byte[] last() {
    return last;
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        byte[] request = request(client.getInputStream());
        byte[] response = replay;
        replay = null;
        if (response == null) {
          response = exchange(port, request, request.length);
          last = response;
        }
        client.getOutputStream().write(response);
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      } catch (IOException gone) {
        // The client has closed the connection, or the test has ended.
      }
    }
  }

  /** Returns a request that asks the server to close the connection. */
  private static byte[] request(InputStream in) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
      if (!lower.startsWith("connection:")) {
        request.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    request.writeBytes("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(in.readNBytes(length));
    return request.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the request ended in its head");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** Sends the first bytes of a request, ends it, and returns all that comes back. */
  static byte[] exchange(int port, byte[] request, int length) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      server.setTcpNoDelay(true);
      server.setSoTimeout(20_000);
      server.getOutputStream().write(request, 0, length);
      if (length < request.length) {
        server.shutdownOutput();
      }
      return server.getInputStream().readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
