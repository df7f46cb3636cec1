// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.testing.ScriptedExchange;
import org.hgwire.server.testing.TestTls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the server ends a connection by itself, and what the client learns of the reason. */
class ConnectionEndTest {
  private static final Timeouts SHORT =
      Timeouts.defaults().withFirstFrame(Duration.ofSeconds(1)).withIdle(Duration.ofSeconds(2));
  private static final int NO_ERROR = 0;
  private static final int PROTOCOL_ERROR = 1;
  private static final int FRAME_SIZE_ERROR = 6;
  private static final int ENHANCE_YOUR_CALM = 11;

  /** RFC 7541, appendix A: 3 is ":method POST". */
  private static final int POST = 3;

  /** RFC 7541, appendix A: 8 is ":status 200". */
  private static final byte STATUS_200 = (byte) 0x88;

  private static HgWireServer.Builder server() {
    return HgWireServer.builder(request -> hello()).timeouts(SHORT).grace(Duration.ofSeconds(1));
  }

  private static HttpExchange hello() {
    return ScriptedExchange.text("hello");
  }

  private static long secondsToEnd(Socket socket, InputStream in) throws IOException {
    socket.setSoTimeout(15_000);
    long start = System.nanoTime();
    try {
      in.readAllBytes();
    } catch (SocketException reset) {
      // an end as well
    }
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }

  @Test
  void partOfPrefaceEndsAfterFirstRequestTime() throws Exception {
    for (String begun : List.of("", "PRI * HTTP/2", "GET / HTTP/1.1\r\nHost: h\r\nA: ")) {
      try (HgWireServer server = server().start();
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        Thread.sleep(700);
        socket.getOutputStream().write("x".getBytes(StandardCharsets.US_ASCII));
        assertThat(secondsToEnd(socket, socket.getInputStream())).as(begun).isZero();
      }
    }
  }

  @Test
  void http2ConnectionWithoutRequestEndsWithReason() throws Exception {
    try (HgWireServer server = server().start();
        Http2Client client = new Http2Client(server.port())) {
      client.send(Http2Client.PING, 0, 0, new byte[8]);
      List<Http2Client.Frame> ends = client.readToEnd(Http2Client.GOAWAY);
      assertThat(ends).hasSize(1);
      assertThat(ends.get(0).error()).isEqualTo(NO_ERROR);
      assertThat(ends.get(0).reason()).isEqualTo("no request within 1 s");
    }
  }

  @Test
  void http2HeadThatNeverEndsIsEnded() throws Exception {
    try (HgWireServer server = server().start();
        Http2Client client = new Http2Client(server.port())) {
      client.send(Http2Client.HEADERS, 0, 1, Http2Client.get(":authority", "h"));
      client.send(Http2Client.CONTINUATION, 0, 1, new byte[] {0, 1, 'a', 1, 'b'});
      assertThat(client.readToEnd(Http2Client.GOAWAY))
          .extracting(Http2Client.Frame::reason)
          .containsExactly("no request within 1 s");
    }
  }

  @Test
  void idleHttp2ConnectionEndsWithReason() throws Exception {
    try (HgWireServer server = server().start();
        Http2Client client = new Http2Client(server.port())) {
      client.send(
          Http2Client.HEADERS,
          Http2Client.END_HEADERS | Http2Client.END_STREAM,
          1,
          Http2Client.get(":authority", "h"));
      long start = System.nanoTime();
      assertThat(client.readToEnd(Http2Client.GOAWAY))
          .extracting(Http2Client.Frame::reason)
          .containsExactly("no request for 2 s");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(1900));
    }
  }

  @Test
  void http2ConnectionThatCompletesNoRequestIsEnded() throws Exception {
    try (HgWireServer server =
            HgWireServer.builder(request -> ScriptedExchange.afterBody("done"))
                .timeouts(SHORT)
                .grace(Duration.ofSeconds(1))
                .start();
        Http2Client client = new Http2Client(server.port())) {
      Http2Client.Frame end = null;
      for (int stream = 1; end == null && stream < 20; stream += 2) {
        client.send(
            Http2Client.HEADERS,
            Http2Client.END_HEADERS,
            stream,
            Http2Client.request(POST, ":authority", "h"));
        end = goawayAfterReset(client);
      }
      assertThat(end).isNotNull();
      assertThat(end.error()).isEqualTo(ENHANCE_YOUR_CALM);
      assertThat(end.reason()).isEqualTo("no request was completed in 2 s");
    }
  }

  /** Reads until a stream was reset, and returns GOAWAY if it came then. */
  private static Http2Client.@Nullable Frame goawayAfterReset(Http2Client client) throws Exception {
    boolean more = true;
    while (more) {
      Http2Client.Frame frame = client.read();
      if (frame == null || frame.type() == Http2Client.GOAWAY) {
        return frame;
      }
      if (frame.type() == Http2Client.RST_STREAM) {
        Thread.sleep(200);
        more = client.hasInput();
      }
    }
    return null;
  }

  @Test
  void http2ConnectionWithCompleteRequestIsKept() throws Exception {
    try (HgWireServer server = server().start();
        Http2Client client = new Http2Client(server.port())) {
      int flags = Http2Client.END_HEADERS | Http2Client.END_STREAM;
      for (int stream = 1; stream < 9; stream += 2) {
        client.send(Http2Client.HEADERS, flags, stream, Http2Client.get(":authority", "h"));
        Http2Client.Frame last = client.readUntil(Http2Client.DATA);
        while ((last.flags() & Http2Client.END_STREAM) == 0) {
          last = client.readUntil(Http2Client.DATA);
        }
        assertThat(last.stream()).isEqualTo(stream);
        Thread.sleep(900);
      }
    }
  }

  @Test
  void shutDownServerSaysSoOverHttp2() throws Exception {
    HgWireServer server = server().start();
    try (Http2Client client = new Http2Client(server.port())) {
      client.send(
          Http2Client.HEADERS,
          Http2Client.END_HEADERS | Http2Client.END_STREAM,
          1,
          Http2Client.get(":authority", "h"));
      client.readUntil(Http2Client.DATA);
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      assertThat(client.readToEnd(Http2Client.GOAWAY))
          .extracting(Http2Client.Frame::reason)
          .containsExactly("the server is shutting down");
      closing.join();
    }
  }

  @Test
  void faultOfHttp2IsNamedByGoaway() throws Exception {
    try (HgWireServer server = server().start()) {
      try (Http2Client client = new Http2Client(server.port())) {
        client.send(Http2Client.DATA, 0, 0, (byte) 1);
        Http2Client.Frame end = client.readUntil(Http2Client.GOAWAY);
        assertThat(end.error()).isEqualTo(PROTOCOL_ERROR);
        assertThat(end.reason()).isNotEmpty();
      }
      try (Http2Client client = new Http2Client(server.port())) {
        client.send(Http2Client.PING, 0, 0, (byte) 1);
        Http2Client.Frame end = client.readUntil(Http2Client.GOAWAY);
        assertThat(end.error()).isEqualTo(FRAME_SIZE_ERROR);
        assertThat(end.reason()).isNotEmpty();
      }
    }
  }

  @Test
  void hostBesidesAuthorityMustBeTheSame() throws Exception {
    try (HgWireServer server = server().start();
        Http2Client client = new Http2Client(server.port())) {
      int flags = Http2Client.END_HEADERS | Http2Client.END_STREAM;
      client.send(Http2Client.HEADERS, flags, 1, Http2Client.get(":authority", "h", "host", "h"));
      assertThat(client.readUntil(Http2Client.HEADERS).payload().at(0)).isEqualTo(STATUS_200);
      client.send(
          Http2Client.HEADERS, flags, 3, Http2Client.get(":authority", "h", "host", "other"));
      Http2Client.Frame reset = client.readUntil(Http2Client.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(3);
      assertThat(reset.payload().toByteArray()).isEqualTo(new byte[] {0, 0, 0, PROTOCOL_ERROR});
    }
  }

  @Test
  void http2RequestNeedsNoAuthority() throws Exception {
    try (HgWireServer server = server().start();
        Http2Client client = new Http2Client(server.port())) {
      client.send(
          Http2Client.HEADERS,
          Http2Client.END_HEADERS | Http2Client.END_STREAM,
          1,
          Http2Client.get());
      assertThat(client.readUntil(Http2Client.HEADERS).payload().at(0)).isEqualTo(STATUS_200);
    }
  }

  @Test
  void clientMayNotRenegotiateTls(@TempDir Path directory) throws Exception {
    KeyStore keys = TestTls.selfSigned(directory.resolve("keys.p12"));
    try (HgWireServer server =
            HgWireServer.builder(request -> hello())
                .tls(HgWireServerTest.serverTls(keys))
                .grace(Duration.ofSeconds(1))
                .start();
        SSLSocket socket =
            (SSLSocket)
                TestTls.client(keys)
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      byte[] request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (int round = 0; round < 2; round++) {
        out.write(request);
        assertThat(readUntil(in, "hello")).startsWith("HTTP/1.1 200");
      }
      assertThat(isServedAfterRenegotiation(socket, request)).isFalse();
    }
  }

  private static boolean isServedAfterRenegotiation(SSLSocket socket, byte[] request) {
    try {
      socket.startHandshake();
      socket.getOutputStream().write(request);
      return readUntil(socket.getInputStream(), "hello").startsWith("HTTP/1.1 200");
    } catch (IOException refused) {
      return false;
    }
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      read.append((char) next);
      if (read.toString().endsWith(end)) {
        break;
      }
    }
    return read.toString();
  }

  @Test
  void tlsHandshakeThatStallsEndsAfterFirstRequestTime(@TempDir Path directory) throws Exception {
    KeyStore keys = TestTls.selfSigned(directory.resolve("keys.p12"));
    try (HgWireServer server = server().tls(HgWireServerTest.serverTls(keys)).start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      assertThat(secondsToEnd(socket, socket.getInputStream())).isLessThanOrEqualTo(2);
    }
  }
}
