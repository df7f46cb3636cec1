// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.fetch.MemoryHost.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corrupts every byte of content in turn, and cuts it at every offset. */
@Timeout(180)
class EveryByteTest {
  private static final byte[] CONTENT = Downloads.content(64 * 1024);
  private static final int SEGMENT = 4096;

  @TempDir Path directory;

  private final MemoryHost host = new MemoryHost(CONTENT);

  private ContentDownload download(ContentExpectation expectation) {
    return Downloads.of(
        host,
        expectation,
        DownloadOptions.DEFAULT.withDirectory(directory).withMaxBytesOnDisk(1 << 20));
  }

  @Test
  void everyCorruptByteIsDetectedAndNothingReleased() {
    ContentExpectation expectation = Downloads.whole(CONTENT);
    byte[] corrupted = CONTENT.clone();
    host.content = corrupted;
    int detected = 0;
    for (int i = 0; i < corrupted.length; i++) {
      corrupted[i] ^= (byte) (1 << (i % 8));
      try (ContentDownload download = download(expectation)) {
        if (fault(download) == RedirectFault.HASH && download.delivered() == 0) {
          detected++;
        }
      }
      corrupted[i] = CONTENT[i];
    }
    assertThat(detected).isEqualTo(65_536);
  }

  @Test
  void corruptSegmentsAreDetectedAndNotReleased() {
    ContentExpectation expectation = Downloads.segmented(CONTENT, SEGMENT);
    byte[] corrupted = CONTENT.clone();
    host.content = corrupted;
    int detected = 0;
    for (int i = 0; i < corrupted.length; i++) {
      corrupted[i] ^= (byte) (1 << (i % 8));
      try (ContentDownload download = download(expectation)) {
        if (fault(download) == RedirectFault.HASH && download.delivered() <= i - i % SEGMENT) {
          detected++;
        }
      }
      corrupted[i] = CONTENT[i];
    }
    assertThat(detected).isEqualTo(65_536);
  }

  private static RedirectFault fault(ContentDownload download) {
    try {
      Downloads.readAll(download);
      throw new AssertionError("a corrupted content was taken");
    } catch (RedirectException e) {
      return e.fault();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cutAtEveryOffsetIsResumed(boolean segments) throws Exception {
    ContentExpectation expectation =
        segments ? Downloads.segmented(CONTENT, SEGMENT) : Downloads.whole(CONTENT);
    for (int i = 0; i <= CONTENT.length; i++) {
      host.requests.clear();
      host.cuts.add(Cut.at(i));
      try (ContentDownload download = download(expectation)) {
        assertThat(Downloads.readAll(download)).as("cut at %d", i).isEqualTo(CONTENT);
      }
      assertThat(host.requests).hasSize(i == CONTENT.length ? 1 : 2);
      assertThat(host.requests.get(host.requests.size() - 1).from())
          .isEqualTo(i == CONTENT.length ? 0 : i);
    }
  }

  @Test
  void everyCorruptByteOfContentInAFileIsDetected() {
    byte[] longer = Downloads.content(70_000);
    ContentExpectation expectation = Downloads.whole(longer);
    byte[] corrupted = longer.clone();
    host.content = corrupted;
    for (int i = 0; i < corrupted.length; i += 97) {
      corrupted[i] ^= 0x10;
      try (ContentDownload download = download(expectation)) {
        assertThat(fault(download)).isEqualTo(RedirectFault.HASH);
        assertThat(download.delivered()).isZero();
      }
      corrupted[i] = longer[i];
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cutThatCannotBeResumedFailsAndARetryIsIdentical(boolean segments) throws Exception {
    ContentExpectation expectation =
        segments ? Downloads.segmented(CONTENT, SEGMENT) : Downloads.whole(CONTENT);
    IOException reset = new IOException("connection reset");
    for (int i = 0; i < CONTENT.length; i++) {
      host.cuts.add(new Cut(i, reset));
      for (int resume = 0; resume < ContentDownload.MAX_RESUMES; resume++) {
        host.cuts.add(new Cut(0, reset));
      }
      try (ContentDownload download = download(expectation)) {
        assertThat(fault(download)).as("cut at %d", i).isEqualTo(RedirectFault.CUT);
        assertThat(download.delivered()).isEqualTo(segments ? i - i % SEGMENT : 0);
      }
      if (i % 16 == 0) {
        try (ContentDownload retry = download(expectation)) {
          assertThat(Downloads.readAll(retry)).isEqualTo(CONTENT);
        }
      }
    }
  }

  @Test
  void cutWithoutRangesRestartsAtEveryOffset() throws Exception {
    host.ranges = false;
    for (int i = 0; i < CONTENT.length; i += 7) {
      for (ContentExpectation expectation :
          new ContentExpectation[] {
            Downloads.whole(CONTENT), Downloads.segmented(CONTENT, SEGMENT)
          }) {
        host.cuts.add(Cut.at(i));
        try (ContentDownload download = download(expectation)) {
          assertThat(Downloads.readAll(download)).as("cut at %d", i).isEqualTo(CONTENT);
        }
      }
    }
  }
}
