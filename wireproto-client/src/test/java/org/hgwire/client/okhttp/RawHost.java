// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A host that scripts every byte that it sends, over HTTP/1.1 or HTTP/2, with TLS or without. */
final class RawHost implements AutoCloseable {
  /** Responds to one request; the connection is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void respond(OutputStream out, int streamId) throws Exception;
  }

  /** How many bytes clients took. */
  final AtomicLong sent = new AtomicLong();

  /** How many requests came. */
  final AtomicInteger requests = new AtomicInteger();

  private final ServerSocket socket;
  private final @Nullable SSLContext tls;
  private final boolean h2;
  private final Script script;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  RawHost(@Nullable SSLContext tls, boolean h2, Script script) throws IOException {
    this.tls = tls;
    this.h2 = h2;
    this.script = script;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-host");
    thread.setDaemon(true);
    thread.start();
  }

  URI url(String host) {
    return URI.create(
        (tls == null ? "http://" : "https://") + host + ":" + socket.getLocalPort() + "/c");
  }

  /** Returns bytes of text in ISO 8859-1. */
  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        start(() -> serve(connection));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void serve(Socket raw) {
    try (raw;
        Socket connection = tls == null ? raw : secure(tls, raw);
        InputStream in = new BufferedInputStream(connection.getInputStream());
        OutputStream out = new Counting(connection.getOutputStream())) {
      int stream = h2 ? http2Request(in, out) : http1Request(in);
      requests.incrementAndGet();
      script.respond(out, stream);
      out.flush();
    } catch (Exception ended) {
      // The client has disconnected, or the test has ended.
      return;
    }
  }

  private Socket secure(SSLContext context, Socket raw) throws IOException {
    SSLSocketFactory factory = context.getSocketFactory();
    SSLSocket secured = (SSLSocket) factory.createSocket(raw, null, raw.getPort(), true);
    secured.setUseClientMode(false);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {h2 ? "h2" : "http/1.1"});
    secured.setSSLParameters(parameters);
    return secured;
  }

  private static int http1Request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request was received");
      }
      head.append((char) next);
    }
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring("content-length:".length()).strip()));
      }
    }
    return 0;
  }

  /** Reads frames until a HEADERS frame, and continues to read in another thread. */
  private static int http2Request(InputStream in, OutputStream out) throws IOException {
    in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
    out.write(frame(4, 0, 0, new byte[0]));
    out.flush();
    while (true) {
      byte[] header = in.readNBytes(9);
      if (header.length < 9) {
        throw new IOException("no request was received");
      }
      int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
      in.readNBytes(length);
      if (header[3] == 1) {
        start(() -> drain(in));
        return (header[5] & 0x7f) << 24
            | (header[6] & 0xff) << 16
            | (header[7] & 0xff) << 8
            | (header[8] & 0xff);
      }
    }
  }

  private static void drain(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException ended) {
      // The connection was closed.
      return;
    }
  }

  /** Returns a frame of HTTP/2. */
  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(payload.length >> 16);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    out.write(stream >> 24);
    out.write(stream >> 16);
    out.write(stream >> 8);
    out.write(stream);
    out.writeBytes(payload);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  /** Counts what the client took, and sends it at once. */
  private final class Counting extends FilterOutputStream {
    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      sent.addAndGet(length);
    }
  }
}
