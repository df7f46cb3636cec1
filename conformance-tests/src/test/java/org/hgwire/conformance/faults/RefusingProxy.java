// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy before a server that refuses requests whose body is too long, as some proxies do. */
final class RefusingProxy implements AutoCloseable {
  /** How a request is refused. */
  enum Way {
    /** With 413, after its body was read. */
    AFTER_THE_BODY,
    /** With 413, before its body was read, and then the connection is closed. */
    BEFORE_THE_BODY,
    /** The connection is reset in the middle of the body. */
    CUT
  }

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final URI server;
  private final int maxBytes;
  private final Way way;

  /** The lengths of the bodies that were passed on, and of those that were refused. */
  final List<Integer> passed = new CopyOnWriteArrayList<>();

  final List<Integer> refused = new CopyOnWriteArrayList<>();

  RefusingProxy(URI server, int maxBytes, Way way) throws IOException {
    this.server = server;
    this.maxBytes = maxBytes;
    this.way = way;
    threads.execute(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      String head = head(in);
      int length = contentLength(head);
      if (length > maxBytes) {
        refused.add(length);
        refuse(client, in, length);
        return;
      }
      passed.add(length);
      byte[] body = in.readNBytes(length);
      try (Socket origin = new Socket(server.getHost(), server.getPort())) {
        OutputStream out = origin.getOutputStream();
        String closing = head.replaceFirst("\r\n", "\r\nConnection: close\r\n");
        out.write(closing.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        origin.getInputStream().transferTo(client.getOutputStream());
      }
    } catch (IOException gone) {
      // The client or the server closed its connection.
    }
  }

  private void refuse(Socket client, InputStream in, int length) throws IOException {
    if (way == Way.CUT) {
      in.readNBytes(length / 2);
      client.setSoLinger(true, 0);
      return;
    }
    if (way == Way.AFTER_THE_BODY) {
      in.readNBytes(length);
    }
    client
        .getOutputStream()
        .write(
            "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1));
    client.shutdownOutput();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1)
        .replaceFirst("(?i)\r\nConnection: [^\r]*", "");
  }

  private static int contentLength(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
