// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.transcript.Exchange;

/**
 * A proxy between an HTTP client and a server on the loopback interface that records both
 * directions and changes nothing.
 */
public final class RecordingProxy implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 240_000;

  private final ServerSocket listener;
  private final URI target;
  private final List<Connection> connections = new ArrayList<>();

  private RecordingProxy(ServerSocket listener, URI target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a free port for a server at {@code target}. */
  public static RecordingProxy before(URI target) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    RecordingProxy proxy = new RecordingProxy(listener, target);
    start("recording-proxy", proxy::accept);
    return proxy;
  }

  /** Returns the URL at which clients reach the server through this proxy. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + target.getPath());
  }

  /** Returns the exchanges so far, connection by connection. */
  public synchronized List<Exchange> exchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    for (Connection connection : connections) {
      exchanges.addAll(connection.exchanges());
    }
    return exchanges;
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
        client.setSoTimeout(TIMEOUT_MILLIS);
        server.setSoTimeout(TIMEOUT_MILLIS);
        Connection connection = new Connection(client, server);
        synchronized (this) {
          connections.add(connection);
        }
        start("recording-requests", () -> copy(client, server, connection.requests));
        start("recording-responses", () -> copy(server, client, connection.responses));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void copy(Socket from, Socket to, ByteArrayOutputStream record) {
    try (InputStream input = from.getInputStream();
        OutputStream output = to.getOutputStream()) {
      byte[] buffer = new byte[1 << 16];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        record.write(buffer, 0, read);
        output.write(buffer, 0, read);
        output.flush();
      }
    } catch (IOException e) {
      // One end has closed, and what it sent is recorded: the connection ends.
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized void close() throws IOException {
    listener.close();
    for (Connection connection : connections) {
      connection.client.close();
      connection.server.close();
    }
  }

  private static final class Connection {
    final Socket client;
    final Socket server;
    final ByteArrayOutputStream requests = new ByteArrayOutputStream();
    final ByteArrayOutputStream responses = new ByteArrayOutputStream();

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    List<Exchange> exchanges() {
      HttpMessages sent = new HttpMessages(requests.toByteArray());
      HttpMessages received = new HttpMessages(responses.toByteArray());
      List<Exchange> exchanges = new ArrayList<>();
      while (sent.hasNext() && received.hasNext()) {
        HttpMessages.Message request = sent.next();
        HttpMessages.Message response = received.next();
        String[] line = request.start().split(" ", 3);
        exchanges.add(
            new Exchange(
                line[0],
                line[1],
                request.headers(),
                request.body(),
                Integer.parseInt(response.start().split(" ", 3)[1]),
                response.headers(),
                response.body()));
      }
      return exchanges;
    }
  }
}
