// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.Proxies;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TlsOptions;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.fetch.ContentDownload;
import org.hgwire.redirects.fetch.DownloadOptions;
import org.hgwire.redirects.fetch.MinRate;
import org.hgwire.redirects.testing.TestCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that send a little now and then, so that no single read times out. */
@Timeout(60)
final class DripTest {
  private static final TestCertificate ROOT = TestCertificate.authority("Root").selfSigned();
  private static final TestCertificate HOST =
      TestCertificate.server("host.test", "127.0.0.1").issuedBy(ROOT);

  private static final Duration PATIENCE = Duration.ofMillis(600);
  private static final Duration BOUND = Duration.ofSeconds(4);
  private static final int PAUSE_MILLIS = 40;
  private static final int DRIPS = 400;

  private static final String CHUNKED =
      "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String HEAD = String.format(CHUNKED, "200 OK");

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private static void drip(OutputStream out, byte[] piece) throws Exception {
    for (int i = 0; i < DRIPS; i++) {
      out.write(piece);
      out.flush();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static void drip(OutputStream out, String piece) throws Exception {
    drip(out, RawHost.text(piece));
  }

  private static void start(OutputStream out, String text) throws IOException {
    out.write(RawHost.text(text));
    out.flush();
  }

  /** Sends :status 200. */
  private static void head(OutputStream out, int stream) throws IOException {
    out.write(RawHost.frame(1, 4, stream, new byte[] {(byte) 0x88}));
    out.flush();
  }

  private static Arguments drip(String name, boolean h2, RawHost.Script script) {
    return Arguments.of(name, h2, script);
  }

  static Stream<Arguments> drips() {
    byte[] padded = new byte[30];
    padded[0] = 29;
    return Stream.of(
        drip("nothing", false, (out, stream) -> drip(out, "")),
        drip("interim responses", false, (out, stream) -> drip(out, "HTTP/1.1 103 Early\r\n\r\n")),
        drip(
            "a head",
            false,
            (out, stream) -> {
              start(out, "HTTP/1.1 200 OK\r\nField: ");
              drip(out, "x");
            }),
        drip(
            "a chunk size",
            false,
            (out, stream) -> {
              start(out, HEAD + "5\r\nhello\r\n");
              drip(out, "0");
            }),
        drip(
            "an extension of a chunk",
            false,
            (out, stream) -> {
              start(out, HEAD + "5\r\nhello\r\n5;ext=");
              drip(out, "x");
            }),
        drip(
            "bytes after a chunk",
            false,
            (out, stream) -> {
              start(out, HEAD + "5\r\nhello");
              drip(out, "x");
            }),
        drip(
            "a trailer",
            false,
            (out, stream) -> {
              start(out, HEAD + "5\r\nhello\r\n0\r\nField: ");
              drip(out, "x");
            }),
        drip(
            "frames that are no head",
            true,
            (out, stream) -> drip(out, RawHost.frame(6, 0, 0, new byte[8]))),
        drip(
            "interim responses of HTTP/2",
            true,
            (out, stream) ->
                drip(out, RawHost.frame(1, 4, stream, new byte[] {0x08, 3, '1', '0', '3'}))),
        drip(
            "a frame of header fields",
            true,
            (out, stream) -> {
              out.write(RawHost.frame(1, 4, stream, new byte[10_000]), 0, 9);
              drip(out, new byte[] {(byte) 0x88});
            }),
        drip(
            "continuations",
            true,
            (out, stream) -> {
              out.write(RawHost.frame(1, 0, stream, new byte[] {(byte) 0x88}));
              drip(out, RawHost.frame(9, 0, stream, new byte[] {(byte) 0x82}));
            }),
        drip(
            "pings",
            true,
            (out, stream) -> {
              head(out, stream);
              drip(out, RawHost.frame(6, 0, 0, new byte[8]));
            }),
        drip(
            "empty data",
            true,
            (out, stream) -> {
              head(out, stream);
              drip(out, RawHost.frame(0, 0, stream, new byte[0]));
            }),
        drip(
            "padding",
            true,
            (out, stream) -> {
              head(out, stream);
              drip(out, RawHost.frame(0, 8, stream, padded));
            }));
  }

  private RawHost host(boolean tls, boolean h2, RawHost.Script script) throws IOException {
    RawHost host = new RawHost(tls ? HOST.serverContext() : null, h2, script);
    opened.add(host);
    return host;
  }

  private static PeerOptions options() {
    return PeerOptions.builder()
        .retries(RetryPolicy.never())
        .tls(TlsOptions.trusting(ROOT.certificate()))
        .redirects(ContentFetches.LOCAL)
        .contentTimeout(PATIENCE)
        .firstByteTimeout(PATIENCE.multipliedBy(3))
        .idleTimeout(PATIENCE)
        .build();
  }

  private static OkHttpContentFetcher fetcher() {
    return new OkHttpContentFetcher(options(), new LocalNames(), ProxyChoice.of(Proxies.NONE));
  }

  private static byte[] download(RawHost host, OkHttpContentFetcher fetcher, OptionalLong size)
      throws RedirectException {
    java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();
    try (ContentDownload download =
        ContentDownload.of(
            host.url("host.test"),
            PinSet.NONE,
            new ContentExpectation(size, 1 << 20, Map.of(), ByteString.empty(), null),
            (from, url) -> URI.create(url),
            fetcher,
            DownloadOptions.DEFAULT.withMinRate(new MinRate(1000, PATIENCE)))) {
      for (ByteBuffer next = download.next(); next != null; next = download.next()) {
        byte[] bytes = new byte[next.remaining()];
        next.get(bytes);
        content.writeBytes(bytes);
      }
    }
    return content.toByteArray();
  }

  /** Runs what has to fail in time. */
  private static <T extends IOException> @Nullable T timed(Class<T> type, Task task) {
    long begun = System.nanoTime();
    T fault = catchThrowableOfType(type, task::run);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
    return fault;
  }

  private interface Task {
    void run() throws Exception;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drips")
  void contentHostHasLittleTime(String name, boolean h2, RawHost.Script script) throws IOException {
    RawHost host = host(h2, h2, script);
    try (OkHttpContentFetcher fetcher = fetcher()) {
      RedirectException fault =
          timed(RedirectException.class, () -> download(host, fetcher, OptionalLong.empty()));
      assertThat(fault).isNotNull();
      assertThat(fault.fault()).isEqualTo(RedirectFault.TIMEOUT);
    }
    assertThat(host.requests).hasValue(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drips")
  void originHasLittleTime(String name, boolean h2, RawHost.Script script) throws IOException {
    RawHost host = host(h2, h2, script);
    try (HttpTransport transport = new OkHttpTransportFactory().open(options())) {
      IOException fault =
          timed(
              IOException.class,
              () -> {
                try (HttpTransport.Response response =
                    transport.send(
                        new HttpTransport.Request(host.url("127.0.0.1"), List.of(), null))) {
                  response.readTimeout(PATIENCE);
                  response.body().readAllBytes();
                }
              });
      assertThat(fault).isInstanceOf(InterruptedIOException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drips")
  void handshakeHasLittleTime(String name, boolean h2, RawHost.Script script) throws IOException {
    RawHost host = host(h2, h2, script);
    assertThat(timed(PeerException.class, () -> Peer.connect(host.url("127.0.0.1"), options())))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "500 Broken"})
  void handshakeIsNotReadForLong(String status) throws IOException {
    String type = status.startsWith("2") ? "application/mercurial-cbor" : "text/plain";
    RawHost host =
        host(
            false,
            false,
            (out, stream) -> {
              start(out, String.format(CHUNKED, status).replace("text/plain", type));
              drip(out, "1\r\n\u00a1\r\n");
            });
    assertThat(timed(PeerException.class, () -> Peer.connect(host.url("127.0.0.1"), options())))
        .isNotNull();
  }

  @Test
  void completeContentEndsAtOnceWhateverItsTrailer() throws IOException {
    RawHost host =
        host(
            false,
            false,
            (out, stream) -> {
              start(out, HEAD + "5\r\nhello\r\n0\r\nField: ");
              drip(out, "x");
            });
    try (OkHttpContentFetcher fetcher =
        new OkHttpContentFetcher(
            PeerOptions.builder().redirects(ContentFetches.LOCAL).build(),
            new LocalNames(),
            ProxyChoice.of(Proxies.NONE))) {
      assertThat(
              timed(
                  IOException.class,
                  () ->
                      assertThat(download(host, fetcher, OptionalLong.of(5)))
                          .isEqualTo(RawHost.text("hello"))))
          .isNull();
    }
  }
}
