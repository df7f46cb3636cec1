// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content hosts that fail once: they get a second try, and no more than a bounded number. */
@Timeout(30)
class BusyHostTest {
  private static final byte[] CONTENT = Downloads.content(100_000);

  private final MemoryHost host = new MemoryHost(CONTENT);

  private ContentDownload download(DownloadOptions options) {
    return Downloads.of(host, Downloads.whole(CONTENT), options);
  }

  private Supplier<ContentResponse> busy(int status, String wait) {
    return () -> host.status(status, Map.of("retry-after", wait));
  }

  private static Supplier<ContentResponse> failing(IOException how) {
    return () -> {
      throw new Thrown(how);
    };
  }

  private static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Thrown(IOException how) {
      super(how);
    }
  }

  /** Throws what {@link #failing} scripts. */
  private ContentFetcher fetcher() {
    return (Downloads.Responding)
        request -> {
          try {
            return host.fetch(request);
          } catch (Thrown e) {
            throw (IOException) e.getCause();
          }
        };
  }

  private RedirectException failure() {
    try (ContentDownload download =
        Downloads.of(fetcher(), Downloads.whole(CONTENT), DownloadOptions.DEFAULT)) {
      return catchThrowableOfType(RedirectException.class, () -> Downloads.readAll(download));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 502, 503, 504})
  void passingStatusGetsASecondTry(int status) throws Exception {
    host.responses.add(busy(status, ""));
    try (ContentDownload download = download(DownloadOptions.DEFAULT)) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests).hasSize(2);
    assertThat(host.open).isZero();
  }

  @Test
  void retryAfterIsHonoured() throws Exception {
    host.responses.add(busy(503, "1"));
    long begun = System.nanoTime();
    try (ContentDownload download = download(DownloadOptions.DEFAULT)) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void hostThatAsksForALongPauseIsNotWaitedFor() {
    host.responses.add(busy(503, "11"));
    assertThat(failure().fault()).isEqualTo(RedirectFault.STATUS);
    assertThat(host.requests).hasSize(1);
  }

  @Test
  void hostThatStaysBusyIsAskedTwice() {
    for (int i = 0; i < 5; i++) {
      host.responses.add(busy(429, "1"));
    }
    assertThat(failure().fault()).isEqualTo(RedirectFault.STATUS);
    assertThat(host.requests).hasSize(2);
  }

  @Test
  void connectionThatFailsGetsASecondTry() throws Exception {
    for (IOException how :
        new IOException[] {new ConnectException("refused"), new IOException("reset")}) {
      host.responses.add(failing(how));
      try (ContentDownload download =
          Downloads.of(fetcher(), Downloads.whole(CONTENT), DownloadOptions.DEFAULT)) {
        assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
      }
      host.responses.add(failing(how));
      host.responses.add(failing(how));
      assertThat(failure()).isNotNull();
      assertThat(host.responses).isEmpty();
    }
  }

  @Test
  void timeoutCostEnoughTimeForOneTry() {
    host.responses.add(failing(new SocketTimeoutException("timeout")));
    assertThat(failure().fault()).isEqualTo(RedirectFault.TIMEOUT);
    assertThat(host.requests).hasSize(1);
  }

  /** One that drips for a minute and then breaks off would hold a command for two. */
  @ParameterizedTest
  @ValueSource(longs = {9, 11})
  void connectionThatFailsLateGetsNoSecondTry(long seconds) {
    long[] now = new long[1];
    ContentFetcher slow =
        (Downloads.Responding)
            request -> {
              host.requests.add(request);
              now[0] += Duration.ofSeconds(seconds).toNanos();
              throw new IOException("reset");
            };
    try (ContentDownload download =
        ContentDownload.of(
            Downloads.URL,
            PinSet.NONE,
            Downloads.whole(CONTENT),
            (from, url) -> URI.create(url),
            slow,
            DownloadOptions.DEFAULT,
            () -> now[0])) {
      RedirectException e = catchThrowableOfType(RedirectException.class, download::next);
      assertThat(e.fault()).isEqualTo(RedirectFault.CUT);
    }
    assertThat(host.requests).hasSize(seconds < 10 ? 2 : 1);
  }

  @Test
  void busyHostInTheMiddleIsAskedForTheRest() throws Exception {
    host.cuts.add(MemoryHost.Cut.at(50_000));
    try (ContentDownload download =
        Downloads.of(
            (Downloads.Responding)
                request -> {
                  ContentResponse response = host.fetch(request);
                  if (host.requests.size() == 1) {
                    host.responses.add(busy(503, "1"));
                  }
                  return response;
                },
            Downloads.whole(CONTENT),
            DownloadOptions.DEFAULT)) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests.stream().map(ContentRequest::from))
        .containsExactly(0L, 50_000L, 50_000L);
  }

  @Test
  void closingEndsThePause() throws Exception {
    host.responses.add(busy(503, "9"));
    ContentDownload download = download(DownloadOptions.DEFAULT);
    Thread closer =
        new Thread(
            () -> {
              while (host.requests.isEmpty()) {
                Thread.onSpinWait();
              }
              download.close();
            });
    closer.start();
    long begun = System.nanoTime();
    RedirectException e = catchThrowableOfType(RedirectException.class, download::next);
    closer.join();
    assertThat(e.fault()).isEqualTo(RedirectFault.CUT);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void contentWithoutAHashIsNotRedirected() {
    host.responses.add(
        () -> host.status(302, Map.of("location", "https://signed.test/a?signature=1")));
    ContentExpectation unhashed =
        new ContentExpectation(
            OptionalLong.of(CONTENT.length), 1 << 30, Map.of(), ByteString.empty(), null);
    try (ContentDownload download =
        Downloads.of(host, unhashed, DownloadOptions.DEFAULT.withMaxHttpRedirects(5))) {
      RedirectException e =
          catchThrowableOfType(RedirectException.class, () -> Downloads.readAll(download));
      assertThat(e.fault()).isEqualTo(RedirectFault.HTTP_REDIRECT);
      assertThat(e).hasMessageContaining("no hash");
    }
    assertThat(host.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void contentWithAHashIsRedirectedAsOftenAsIsAllowed(int status) throws Exception {
    host.responses.add(
        () -> host.status(status, Map.of("location", "https://signed.test/a?signature=1")));
    try (ContentDownload download = download(DownloadOptions.DEFAULT.withMaxHttpRedirects(1))) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests.get(1).url()).hasToString("https://signed.test/a?signature=1");
  }
}
