// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.RetryPolicy;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ServerCapabilities;

/** A server that scripts every byte after the handshake; one connection at a time. */
final class ScriptedOrigin implements AutoCloseable {
  /** Responds to a request for commands; the connection is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void respond(OutputStream out) throws IOException;
  }

  private static final String FRAMING_HEAD =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
          + HttpV2Api.FRAMING_MEDIA_TYPE
          + "\r\n";

  final AtomicInteger requests = new AtomicInteger();

  private final ServerSocket socket;
  private final Script script;

  ScriptedOrigin(Script script) throws IOException {
    this.script = script;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted-origin");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a server that responds to commands with frames in text notation. */
  static ScriptedOrigin ofFrames(String... lines) throws IOException {
    return ofBody(ServerUnderTest.frames(lines));
  }

  /** Returns a server that responds to commands with a complete body. */
  static ScriptedOrigin ofBody(byte[] body) throws IOException {
    return new ScriptedOrigin(
        out -> {
          out.write(head(FRAMING_HEAD + "Content-Length: " + body.length + "\r\n\r\n"));
          out.write(body);
        });
  }

  /**
   * Returns a server whose response has the length of {@code body} and is cut after {@code sent}
   * bytes.
   */
  static ScriptedOrigin cutting(byte[] body, int sent) throws IOException {
    return new ScriptedOrigin(
        out -> {
          out.write(head(FRAMING_HEAD + "Content-Length: " + body.length + "\r\n\r\n"));
          out.write(body, 0, sent);
        });
  }

  /** Returns a server whose response has no length: it ends with the connection. */
  static ScriptedOrigin ending(byte[] body, int sent) throws IOException {
    return new ScriptedOrigin(
        out -> {
          out.write(head(FRAMING_HEAD + "\r\n"));
          out.write(body, 0, sent);
        });
  }

  /** Returns a server that sends a beginning at once, and then the same bytes every 40 ms. */
  static ScriptedOrigin dripping(byte[] beginning, byte[] drip) throws IOException {
    return new ScriptedOrigin(
        out -> {
          out.write(head(FRAMING_HEAD + "\r\n"));
          out.write(beginning);
          for (int i = 0; i < 500; i++) {
            out.flush();
            try {
              Thread.sleep(40);
            } catch (InterruptedException e) {
              return;
            }
            out.write(drip);
          }
        });
  }

  private static byte[] head(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  Peer connect() throws PeerException {
    return connect(
        PeerOptions.builder()
            .idleTimeout(Duration.ofSeconds(30))
            .firstByteTimeout(Duration.ofSeconds(30)));
  }

  Peer connect(PeerOptionsBuilder options) throws PeerException {
    return Peer.connect(
        URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/"),
        options.retries(RetryPolicy.never()).build());
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        respond(connection);
      } catch (IOException ended) {
        // the client disconnected, or the test has ended
      }
    }
  }

  private void respond(Socket connection) throws IOException {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    OutputStream out = connection.getOutputStream();
    String head = readHead(in);
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring("content-length:".length()).strip()));
      }
    }
    if (head.startsWith("GET ")) {
      byte[] body = handshake();
      out.write(
          head(
              "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
                  + HttpV2Api.CBOR_MEDIA_TYPE
                  + "\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n"));
      out.write(body);
    } else {
      requests.incrementAndGet();
      script.respond(out);
    }
    out.flush();
    connection.shutdownOutput();
    in.readAllBytes();
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String end = "";
    while (!end.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request was received");
      }
      head.write(next);
      end = head.toString(StandardCharsets.ISO_8859_1);
    }
    return end;
  }

  private static byte[] handshake() {
    ServerCapabilities capabilities =
        new ServerCapabilities(
            Map.of(),
            List.of(ByteString.utf8(HttpV2Api.FRAMING_MEDIA_TYPE)),
            List.of(),
            List.of(),
            null);
    return CborEncoder.encode(
            new Handshake(
                    ByteString.utf8(HttpV2Api.API_BASE),
                    Map.of(ByteString.utf8(HttpV2Api.NAME), capabilities.toCbor()),
                    ByteString.utf8("batch"))
                .toCbor())
        .toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
