// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A content host that is slow without ever pausing long enough for a time-out. */
class SlowHostTest {
  private static final byte[] CONTENT = Downloads.content(300_000);

  private static final int MIN_BYTES_PER_SECOND =
      (int) DownloadOptions.DEFAULT.minRate().bytesPerSecond();

  @TempDir Path directory;

  private final MemoryHost host = new MemoryHost(CONTENT);

  /** Near its end, so that it wraps while the test runs. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(100).toNanos();

  private int atOnce = 64 * 1024;
  private Duration pause = Duration.ofSeconds(1);

  private ContentDownload download() {
    return ContentDownload.of(
        Downloads.URL,
        PinSet.NONE,
        Downloads.whole(CONTENT),
        (from, url) -> URI.create(url),
        (Downloads.Responding) request -> new Slow(host.fetch(request)),
        DownloadOptions.DEFAULT.withDirectory(directory).withMaxBytesOnDisk(1 << 20),
        () -> now);
  }

  @Test
  void hostBelowTheMinimumRateTimesOut() {
    atOnce = MIN_BYTES_PER_SECOND - 1;
    try (ContentDownload download = download()) {
      RedirectException failure = catchThrowableOfType(RedirectException.class, download::next);
      assertThat(failure.fault()).isEqualTo(RedirectFault.TIMEOUT);
      assertThat(failure).hasRootCauseMessage("fewer than 1000 bytes per second arrived for 60 s");
      assertThat(host.requests).hasSize(1);
    }
  }

  @Test
  void hostAtTheMinimumRateIsAccepted() throws Exception {
    atOnce = MIN_BYTES_PER_SECOND;
    try (ContentDownload download = download()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests).hasSize(1);
  }

  @Test
  void singlePauseIsAllowed() throws Exception {
    pause = Duration.ofSeconds(59);
    atOnce = CONTENT.length;
    try (ContentDownload download = download()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests).hasSize(1);
  }

  /** A response whose reads take time. */
  private final class Slow implements ContentResponse {
    private final ContentResponse response;

    Slow(ContentResponse response) {
      this.response = response;
    }

    @Override
    public int status() {
      return response.status();
    }

    @Override
    public @Nullable String header(String name) {
      return response.header(name);
    }

    @Override
    public InputStream body() {
      return new FilterInputStream(response.body()) {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          now += pause.toNanos();
          return super.read(target, offset, Math.min(length, atOnce));
        }
      };
    }

    @Override
    public void cancel() {
      response.cancel();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
