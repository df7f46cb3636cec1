// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

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
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: opens tunnels and forwards requests, to this machine whatever the host is called.
 * Each connection is for one tunnel or for one host.
 */
final class ForwardProxy implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final @Nullable String login;
  private final String challenge;

  /** The heads of the requests that came to the proxy itself. */
  final List<String> heads = new CopyOnWriteArrayList<>();

  /**
   * Starts a proxy.
   *
   * @param login the Proxy-Authorization that it requires, or null for none
   * @param challenge the Proxy-Authenticate that it sends where that is missing
   */
  ForwardProxy(@Nullable String login, String challenge) throws IOException {
    this.login = login;
    this.challenge = challenge;
    start(
        () -> {
          while (true) {
            Socket client = listening.accept();
            sockets.add(client);
            start(() -> serve(client));
          }
        });
  }

  int port() {
    return listening.getLocalPort();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The socket was closed: the test has ended, or the peer has.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = client.getOutputStream();
    Socket server = null;
    for (String head = head(in); !head.isEmpty(); head = head(in)) {
      heads.add(head);
      String[] line = head.split(" ", 3);
      if (login != null && !head.contains("Proxy-Authorization: " + login + "\r\n")) {
        skip(in, head);
        write(
            out,
            "HTTP/1.1 407 x\r\nProxy-Authenticate: " + challenge + "\r\nContent-Length: 0\r\n\r\n");
        continue;
      }
      boolean tunnel = line[0].equals("CONNECT");
      URI url = URI.create(tunnel ? "http://" + line[1] : line[1]);
      if (server == null) {
        server = new Socket(InetAddress.getLoopbackAddress(), port(url));
        sockets.add(server);
        Socket upstream = server;
        start(() -> pump(upstream.getInputStream(), out));
      }
      if (tunnel) {
        write(out, "HTTP/1.1 200 x\r\n\r\n");
        pump(in, server.getOutputStream());
        return;
      }
      write(server.getOutputStream(), head.replace(line[1], path(url)));
      server.getOutputStream().write(in.readNBytes(length(head)));
      server.getOutputStream().flush();
    }
  }

  private static int port(URI url) {
    String authority = url.getRawAuthority();
    return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
  }

  private static String path(URI url) {
    return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
  }

  private static void skip(InputStream in, String head) throws IOException {
    in.skipNBytes(length(head));
  }

  private static int length(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return "";
      }
      head.append((char) c);
    }
    return head.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void pump(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
