// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TlsOptions;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.fetch.ContentResponse;
import org.hgwire.redirects.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What hosts send besides the bodies of their responses is bounded. */
@Timeout(60)
final class OverheadTest {
  private static final TestCertificate ROOT = TestCertificate.authority("Root").selfSigned();
  private static final TestCertificate HOST =
      TestCertificate.server("host.test", "127.0.0.1").issuedBy(ROOT);

  /** What an attack sends if it is let; more than a small heap holds. */
  private static final long ENOUGH = Long.getLong("hgwire.attackBytes", 48L << 20);

  /** The budget, and what the sockets of both sides hold. */
  private static final long BOUND = 8_000_000;

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private interface Flood {
    void send(OutputStream out, int stream) throws IOException;
  }

  private static void repeat(OutputStream out, byte[] piece) throws IOException {
    for (long sent = 0; sent < ENOUGH; sent += piece.length) {
      out.write(piece);
    }
  }

  private static byte[] filled(int length, char with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static void headers(OutputStream out, int stream) throws IOException {
    // :status 200, and the end of the header block.
    out.write(RawHost.frame(1, 4, stream, new byte[] {(byte) 0x88}));
  }

  static Stream<Arguments> floods() {
    byte[] line = filled(16_384, 'x');
    return Stream.of(
        Arguments.of(
            "the line of a chunk size",
            false,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.text(HEAD + "5;ext="));
                  repeat(out, line);
                }),
        Arguments.of(
            "bytes after a chunk",
            false,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.text(HEAD + "5\r\nhello"));
                  repeat(out, line);
                }),
        Arguments.of(
            "an extension of each chunk",
            false,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.text(HEAD));
                  repeat(out, RawHost.text("1;ext=" + "x".repeat(400_000) + "\r\nx\r\n"));
                }),
        Arguments.of(
            "a trailer",
            false,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.text(HEAD + "5\r\nhello\r\n0\r\nField: "));
                  repeat(out, line);
                }),
        Arguments.of(
            "a status line",
            false,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.text("HTTP/1.1 200 "));
                  repeat(out, line);
                }),
        Arguments.of(
            "a head",
            false,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.text("HTTP/1.1 200 OK\r\n"));
                  repeat(out, RawHost.text("Field: " + "x".repeat(4000) + "\r\n"));
                }),
        Arguments.of(
            "interim responses",
            false,
            (Flood) (out, stream) -> repeat(out, RawHost.text("HTTP/1.1 103 Early Hints\r\n\r\n"))),
        Arguments.of(
            "a block of header fields",
            true,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.frame(1, 0, stream, new byte[] {(byte) 0x88}));
                  repeat(out, RawHost.frame(9, 0, stream, filled(16_384, (char) 0x82)));
                }),
        Arguments.of(
            "one field",
            true,
            (Flood)
                (out, stream) -> {
                  // A literal whose value is 2^27 bytes long.
                  byte[] field = {
                    (byte) 0x88, 0x00, 0x01, 'a', 0x7f, (byte) 0x81, (byte) 0xff, (byte) 0xff, 0x3f
                  };
                  out.write(RawHost.frame(1, 0, stream, field));
                  repeat(out, RawHost.frame(9, 0, stream, filled(16_384, 'x')));
                }),
        Arguments.of(
            "empty continuations",
            true,
            (Flood)
                (out, stream) -> {
                  out.write(RawHost.frame(1, 0, stream, new byte[] {(byte) 0x88}));
                  repeat(out, RawHost.frame(9, 0, stream, new byte[0]));
                }),
        Arguments.of(
            "interim responses of HTTP/2",
            true,
            (Flood)
                (out, stream) ->
                    // :status 103
                    repeat(out, RawHost.frame(1, 4, stream, new byte[] {0x08, 3, '1', '0', '3'}))),
        Arguments.of(
            "pings",
            true,
            (Flood) (out, stream) -> repeat(out, RawHost.frame(6, 0, 0, new byte[8]))),
        Arguments.of(
            "settings",
            true,
            (Flood)
                (out, stream) ->
                    repeat(out, RawHost.frame(4, 0, 0, new byte[] {0, 4, 0, 1, 0, 0}))),
        Arguments.of(
            "empty data",
            true,
            (Flood)
                (out, stream) -> {
                  headers(out, stream);
                  repeat(out, RawHost.frame(0, 0, stream, new byte[0]));
                }),
        Arguments.of(
            "padding",
            true,
            (Flood)
                (out, stream) -> {
                  headers(out, stream);
                  byte[] padded = new byte[256];
                  padded[0] = (byte) 0xff;
                  repeat(out, RawHost.frame(0, 8, stream, padded));
                }),
        Arguments.of(
            "frames of unknown types",
            true,
            (Flood)
                (out, stream) -> repeat(out, RawHost.frame(0xee, 0, stream, new byte[16_384]))));
  }

  /** OkHttp itself accepts at most 256 KiB of status lines and header fields. */
  private static boolean isLimitedByOkHttp(IOException fault) {
    for (Throwable at = fault; at != null; at = at.getCause()) {
      String message = String.valueOf(at.getMessage());
      if (message.contains("header byte count limit")
          || message.contains("\\n not found: limit=")) {
        return true;
      }
    }
    return false;
  }

  private RawHost host(boolean tls, boolean h2, Flood flood) throws IOException {
    RawHost host = new RawHost(tls ? HOST.serverContext() : null, h2, flood::send);
    opened.add(host);
    return host;
  }

  private static PeerOptions options() {
    return PeerOptions.builder()
        .retries(RetryPolicy.never())
        .tls(TlsOptions.trusting(ROOT.certificate()))
        .redirects(ContentFetches.LOCAL)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void floodOfAContentHostIsCut(String name, boolean h2, Flood flood) throws IOException {
    for (boolean tls : h2 ? new boolean[] {true} : new boolean[] {false, true}) {
      RawHost host = host(tls, h2, flood);
      try (OkHttpContentFetcher fetcher = ContentFetches.fetcher(ROOT.certificate())) {
        IOException fault =
            catchThrowableOfType(
                IOException.class,
                () -> {
                  try (ContentResponse response =
                      fetcher.fetch(
                          new ContentRequest(host.url("host.test"), PinSet.NONE, 0, null))) {
                    response.body().readAllBytes();
                  }
                });
        assertThat(fault).isNotNull();
        if (!isLimitedByOkHttp(fault)) {
          assertThat(fault)
              .isInstanceOfSatisfying(
                  RedirectException.class,
                  e -> assertThat(e.fault()).isEqualTo(RedirectFault.TOO_LONG))
              .hasMessageContaining(WireLimit.MAX_HTTP_OVERHEAD.toString());
        }
      }
      assertThat(host.sent.get()).isLessThan(BOUND);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void floodOfAnOriginIsCut(String name, boolean h2, Flood flood) throws IOException {
    for (boolean tls : h2 ? new boolean[] {true} : new boolean[] {false, true}) {
      RawHost host = host(tls, h2, flood);
      URI url = host.url("127.0.0.1");
      try (HttpTransport transport = new OkHttpTransportFactory().open(options())) {
        IOException fault =
            catchThrowableOfType(
                IOException.class,
                () -> {
                  try (HttpTransport.Response response =
                      transport.send(new HttpTransport.Request(url, List.of(), null))) {
                    response.body().readAllBytes();
                  }
                });
        assertThat(fault).isNotNull();
        if (!isLimitedByOkHttp(fault)) {
          assertThat(fault)
              .isInstanceOfSatisfying(
                  PeerProtocolException.class,
                  e -> assertThat(e.fault().code()).isEqualTo(WireErrorCode.LIMIT))
              .hasMessageContaining(WireLimit.MAX_HTTP_OVERHEAD.toString());
        }
      }
      assertThat(host.sent.get()).isLessThan(BOUND);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void floodDuringTheHandshakeIsCut(String name, boolean h2, Flood flood) throws IOException {
    RawHost host = host(h2, h2, flood);
    assertThat(
            catchThrowableOfType(
                PeerException.class, () -> Peer.connect(host.url("127.0.0.1"), options())))
        .isNotNull();
    assertThat(host.sent.get()).isLessThan(BOUND);
  }
}
