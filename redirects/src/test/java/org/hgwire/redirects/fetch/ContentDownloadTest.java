// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.fetch.MemoryHost.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads: keep, verify, resume, then return. */
@Timeout(60)
class ContentDownloadTest {
  private static final byte[] CONTENT = Downloads.content(300_000);

  @TempDir Path directory;

  private final MemoryHost host = new MemoryHost(CONTENT);
  private final AtomicLong received = new AtomicLong();

  private DownloadOptions options(int httpRedirects, boolean unverified, long maxBytesOnDisk) {
    return DownloadOptions.DEFAULT
        .withDirectory(directory)
        .withMaxBytesOnDisk(maxBytesOnDisk)
        .withMaxHttpRedirects(httpRedirects)
        .withReleaseUnverified(unverified)
        .withReceived(received::addAndGet);
  }

  private DownloadOptions options() {
    return options(0, false, 1 << 30);
  }

  private ContentDownload whole() {
    return Downloads.of(host, Downloads.whole(CONTENT), options());
  }

  private RedirectException failure(ContentDownload download) {
    try (download) {
      RedirectException failure =
          catchThrowableOfType(RedirectException.class, () -> Downloads.readAll(download));
      assertThat(failure).as("a failure").isNotNull();
      assertThat(download.delivered()).as("bytes returned").isZero();
      RedirectException later = catchThrowableOfType(RedirectException.class, download::next);
      assertThat(later.fault()).isEqualTo(failure.fault());
      assertThat(files()).as("files after a failure").isEmpty();
      assertThat(host.open).as("open responses").isZero();
      return failure;
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void contentIsReturnedWhenVerifiedAndTheFileDeleted() throws Exception {
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
      assertThat(download.next()).isNull();
      assertThat(download.delivered()).isEqualTo(CONTENT.length);
    }
    assertThat(host.requests)
        .containsExactly(new ContentRequest(Downloads.URL, PinSet.NONE, 0, null));
    assertThat(received).hasValue(CONTENT.length);
    assertThat(files()).isEmpty();
    assertThat(host.open).isZero();
  }

  @Test
  void emptyContentIsDescribed() throws Exception {
    MemoryHost empty = new MemoryHost(new byte[0]);
    try (ContentDownload download = Downloads.of(empty, Downloads.whole(new byte[0]), options())) {
      assertThat(download.next()).isNull();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void temporaryFileIsPrivate() throws Exception {
    try (ContentDownload download = whole()) {
      assertThat(download.next()).isNotNull();
      // Where the platform supports it, the file has no name as soon as it is open.
      assertThat(files()).isEmpty();
      List<String> permissions = new ArrayList<>();
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        for (Path file : open.toList()) {
          if (Files.isSymbolicLink(file)
              && Files.readSymbolicLink(file).startsWith(directory.toRealPath())) {
            permissions.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
          }
        }
      }
      assertThat(permissions).containsExactly("rw-------");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void contentBeyondTheBoundOnDiskIsNoRoom() {
    assertThat(
            failure(
                    Downloads.of(
                        host, Downloads.whole(CONTENT), options(0, false, CONTENT.length - 1)))
                .fault())
        .isEqualTo(RedirectFault.NO_ROOM);
  }

  @Test
  void unwritableDirectoryIsNoRoom() {
    DownloadOptions nowhere = DownloadOptions.DEFAULT.withDirectory(directory.resolve("missing"));
    assertThat(failure(Downloads.of(host, Downloads.whole(CONTENT), nowhere)).fault())
        .isEqualTo(RedirectFault.NO_ROOM);
  }

  @Test
  void nothingIsReturnedWhenTheLastByteIsFlipped() {
    host.content = CONTENT.clone();
    host.content[CONTENT.length - 1] ^= 1;
    assertThat(failure(whole()).fault()).isEqualTo(RedirectFault.HASH);
  }

  @Test
  void unverifiedDataNeedsAnOptionAndFailsAtTheEnd() throws Exception {
    host.content = CONTENT.clone();
    host.content[CONTENT.length - 1] ^= 1;
    try (ContentDownload download =
        Downloads.of(host, Downloads.whole(CONTENT), options(0, true, 0))) {
      assertThat(download.next()).isNotNull();
      RedirectException failure =
          catchThrowableOfType(RedirectException.class, () -> Downloads.readAll(download));
      assertThat(failure.fault()).isEqualTo(RedirectFault.HASH);
      assertThat(download.delivered()).isEqualTo(CONTENT.length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, true, TOO_SHORT",
    "-1, false, TOO_SHORT",
    "1, true, TOO_LONG",
    "1, false, TOO_LONG"
  })
  void sizeOneByteOffFails(int difference, boolean saysLength, RedirectFault fault) {
    host.content = Arrays.copyOf(CONTENT, CONTENT.length + difference);
    host.saysLength = saysLength;
    assertThat(failure(whole()).fault()).isEqualTo(fault);
  }

  @Test
  void aLengthThatContradictsTheSizeFailsBeforeTheBodyIsRead() {
    host.overrides.put("Content-Length", String.valueOf(CONTENT.length + 1));
    assertThat(failure(whole()).fault()).isEqualTo(RedirectFault.TOO_LONG);
    assertThat(received).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutASizeTheLengthIsBounded(boolean saysLength) throws Exception {
    ContentExpectation sound = Downloads.whole(CONTENT);
    host.saysLength = saysLength;
    ContentExpectation atCap =
        new ContentExpectation(
            OptionalLong.empty(), CONTENT.length, sound.hashes(), ByteString.empty(), null);
    try (ContentDownload download = Downloads.of(host, atCap, options())) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    ContentExpectation beyond =
        new ContentExpectation(
            OptionalLong.empty(), CONTENT.length - 1, sound.hashes(), ByteString.empty(), null);
    assertThat(failure(Downloads.of(host, beyond, options())).fault())
        .isEqualTo(RedirectFault.TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "GZIP", "zstd, identity", "aws-chunked,gzip", "chunked"})
  void unrequestedContentCodingFails(String coding) {
    host.overrides.put("Content-Encoding", coding);
    assertThat(failure(whole()).fault()).isEqualTo(RedirectFault.BAD_CONTENT);
  }

  /** Object stores keep what an upload said, as S3 does with {@code aws-chunked}. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "aws-chunked", "AWS-Chunked", "identity,aws-chunked", ",", "Identity"})
  void codingThatIsNoneIsTaken(String coding) throws Exception {
    host.overrides.put("Content-Encoding", coding);
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
  }

  @Test
  void contentTypeOfAStaticHostIsIgnored() throws Exception {
    host.overrides.put("Content-Type", "text/html");
    host.overrides.put("Content-Encoding", "identity");
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 304, 400, 403, 404, 416, 500, 501})
  void aStatusThatIsNotContentFails(int status) {
    host.responses.add(() -> host.status(status, Map.of()));
    assertThat(failure(whole()).fault())
        .isEqualTo(status == 304 ? RedirectFault.HTTP_REDIRECT : RedirectFault.STATUS);
    assertThat(host.requests).hasSize(1);
  }

  @Test
  void aBodyThatIsCutIsResumedUnderItsStrongValidator() throws Exception {
    host.cuts.add(Cut.at(100_000));
    host.cuts.add(Cut.at(50_000));
    host.cuts.add(new Cut(0, new SocketTimeoutException("timeout")));
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests.stream().map(ContentRequest::from))
        .containsExactly(0L, 100_000L, 150_000L, 150_000L);
    assertThat(host.requests.get(1).ifRange()).isEqualTo("\"one\"");
    assertThat(received).hasValue(CONTENT.length);
  }

  @Test
  void downloadIsResumedAtMostThreeTimes() {
    for (int i = 0; i < 4; i++) {
      host.cuts.add(Cut.at(1000));
    }
    assertThat(failure(whole()).fault()).isEqualTo(RedirectFault.CUT);
    assertThat(host.requests).hasSize(1 + ContentDownload.MAX_RESUMES);
  }

  @Test
  void repeatedlyStallingHostTimesOut() {
    for (int i = 0; i < 4; i++) {
      host.cuts.add(new Cut(1000, new SocketTimeoutException("timeout")));
    }
    assertThat(failure(whole()).fault()).isEqualTo(RedirectFault.TIMEOUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"one\"", "one", "\"on\"e\"", "\"", ""})
  void downloadWithoutStrongValidatorRestarts(String tag) throws Exception {
    host.etag = tag.isEmpty() ? null : tag;
    host.cuts.add(Cut.at(100_000));
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests.stream().map(ContentRequest::from)).containsExactly(0L, 0L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sat, 21 Nov 2026 10:00:01 GMT | true",
        "Sat, 21 Nov 2026 10:00:00 GMT | false",
        "yesterday | false"
      })
  void lastModifiedIsStrongIfEarlierThanTheResponse(String date, boolean strong) throws Exception {
    String modified = "Sat, 21 Nov 2026 10:00:00 GMT";
    host.etag = null;
    host.honoursIfRange = false;
    host.overrides.put("Last-Modified", modified);
    host.overrides.put("Date", date);
    host.cuts.add(Cut.at(100_000));
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests.get(1).ifRange()).isEqualTo(strong ? modified : null);
  }

  @Test
  void fullResponseToARangeRestartsTheDownload() throws Exception {
    host.ranges = false;
    host.cuts.add(Cut.at(100_000));
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests.stream().map(ContentRequest::from)).containsExactly(0L, 100_000L);
    assertThat(received).hasValue(CONTENT.length + 100_000L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changedContentRestartsTheDownload(boolean honoursIfRange) throws Exception {
    host.content = Downloads.content(CONTENT.length);
    host.content[5] ^= 1;
    host.honoursIfRange = honoursIfRange;
    host.cuts.add(Cut.at(100_000));
    try (ContentDownload download =
        Downloads.of(
            (Downloads.Responding)
                request -> {
                  ContentResponse response = host.fetch(request);
                  host.etag = "\"two\"";
                  host.content = CONTENT;
                  return response;
                },
            Downloads.whole(CONTENT),
            options())) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes 99999-299999/300000",
        "bytes 100001-299999/300000",
        "bytes 100000-299998/300000",
        "bytes 100000-299999/300001",
        "bytes 100000-99999/*",
        "octets 100000-299999/300000",
        "bytes 100000-999999999999999999999/*"
      })
  void unrequestedPartFails(String range) {
    host.cuts.add(Cut.at(100_000));
    try (ContentDownload download =
        Downloads.of(
            (Downloads.Responding)
                request -> {
                  if (request.from() > 0) {
                    host.overrides.put("Content-Range", range);
                  }
                  return host.fetch(request);
                },
            Downloads.whole(CONTENT),
            options())) {
      assertThat(failure(download).fault()).isEqualTo(RedirectFault.STATUS);
    }
  }

  @Test
  void aCutAfterTheLastByteChangesNothing() throws Exception {
    host.cuts.add(Cut.at(CONTENT.length));
    try (ContentDownload download = whole()) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests).hasSize(1);
    ContentExpectation noSize =
        new ContentExpectation(
            OptionalLong.empty(),
            1 << 30,
            Downloads.whole(CONTENT).hashes(),
            ByteString.empty(),
            null);
    host.cuts.add(Cut.at(CONTENT.length));
    try (ContentDownload download = Downloads.of(host, noSize, options())) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
  }

  @Test
  void segmentIsReturnedBeforeTheNextOneArrives() throws Exception {
    host.cuts.add(Cut.at(3 * 65_536 + 10));
    host.cuts.add(Cut.at(0));
    host.cuts.add(Cut.at(0));
    host.cuts.add(Cut.at(0));
    try (ContentDownload download =
        Downloads.of(host, Downloads.segmented(CONTENT, 65_536), options())) {
      long seen = 0;
      for (int i = 0; i < 3; i++) {
        ByteBuffer next = download.next();
        assertThat(next).isNotNull();
        seen += next == null ? 0 : next.remaining();
      }
      assertThat(seen).isEqualTo(3 * 65_536);
      RedirectException failure = catchThrowableOfType(RedirectException.class, download::next);
      assertThat(failure.fault()).isEqualTo(RedirectFault.CUT);
      assertThat(download.delivered()).isEqualTo(3 * 65_536);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 65_536, 70_001, 131_072, 299_999, 300_000, 400_000})
  void restartedDownloadReturnsNoSegmentTwice(int segment) throws Exception {
    host.ranges = false;
    host.cuts.add(Cut.at(200_000));
    host.cuts.add(Cut.at(250_000));
    host.cuts.add(Cut.at(10));
    try (ContentDownload download =
        Downloads.of(host, Downloads.segmented(CONTENT, segment), options())) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
  }

  @Test
  void fileHasOneSegmentAtATime() throws Exception {
    byte[] large = Downloads.content(8 << 20);
    MemoryHost other = new MemoryHost(large);
    for (int segment : new int[] {1 << 20, 70_000, 999}) {
      long bound = Math.max(segment, 65_536L) + (1 << 20) + 65_536;
      try (ContentDownload download =
          Downloads.of(other, Downloads.segmented(large, segment), options(0, false, bound))) {
        assertThat(Downloads.readAll(download)).isEqualTo(large);
      }
    }
  }

  @Test
  void badSegmentEndsTheDownloadAfterTheGoodOnes() throws Exception {
    host.content = CONTENT.clone();
    host.content[2 * 65_536] ^= 1;
    try (ContentDownload download =
        Downloads.of(host, Downloads.segmented(CONTENT, 65_536), options())) {
      RedirectException failure =
          catchThrowableOfType(RedirectException.class, () -> Downloads.readAll(download));
      assertThat(failure.fault()).isEqualTo(RedirectFault.HASH);
      assertThat(download.delivered()).isEqualTo(2 * 65_536);
    }
  }

  @ParameterizedTest
  @CsvSource({"65536, true", "65536, false", "1000, true", "1000, false", "100000, true"})
  void onlyTheDamagedSegmentIsRequestedAgain(int segment, boolean ranges) throws Exception {
    byte[] damaged = CONTENT.clone();
    damaged[150_000] ^= 1;
    host.ranges = ranges;
    host.content = damaged;
    try (ContentDownload download =
        Downloads.of(
            (Downloads.Responding)
                request -> {
                  ContentResponse response = host.fetch(request);
                  host.content = CONTENT;
                  return response;
                },
            Downloads.segmented(CONTENT, segment),
            options())) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(host.requests.stream().map(ContentRequest::from))
        .containsExactly(0L, 150_000L - 150_000 % segment);
  }

  @Test
  void httpRedirectsAreNotFollowedUnlessThatIsAllowed() {
    host.responses.add(() -> host.status(302, Map.of("location", "https://other.test/b")));
    assertThat(failure(whole()).fault()).isEqualTo(RedirectFault.HTTP_REDIRECT);
    assertThat(host.requests).hasSize(1);
  }

  @Test
  void everyHopIsApprovedAgainstTheUrlThatRedirects() throws Exception {
    host.responses.add(() -> host.status(302, Map.of("location", "/b")));
    host.responses.add(() -> host.status(307, Map.of("location", "https://other.test/c")));
    StringBuilder judged = new StringBuilder();
    try (ContentDownload download =
        ContentDownload.of(
            Downloads.URL,
            PinSet.NONE,
            Downloads.whole(CONTENT),
            (from, url) -> {
              judged.append(from).append(" -> ").append(url).append('\n');
              return URI.create(url);
            },
            host,
            options(2, false, 1 << 30))) {
      assertThat(Downloads.readAll(download)).isEqualTo(CONTENT);
    }
    assertThat(judged.toString())
        .isEqualTo(
            """
            https://content.test/a -> https://content.test/b
            https://content.test/b -> https://other.test/c
            """);
  }

  @Test
  void aRingOfHttpRedirectsEnds() {
    for (int i = 0; i < 10; i++) {
      host.responses.add(() -> host.status(302, Map.of("location", "/a")));
    }
    assertThat(
            failure(Downloads.of(host, Downloads.whole(CONTENT), options(5, false, 1 << 30)))
                .fault())
        .isEqualTo(RedirectFault.HTTP_REDIRECT);
    assertThat(host.requests).hasSize(6);
  }

  @Test
  void refusedOrMalformedHopFails() {
    host.responses.add(() -> host.status(302, Map.of("location", "http://[")));
    assertThat(
            failure(Downloads.of(host, Downloads.whole(CONTENT), options(5, false, 1 << 30)))
                .fault())
        .isEqualTo(RedirectFault.BAD_URL);
    host.responses.add(() -> host.status(302, Map.of("location", "http://content.test/a")));
    ContentDownload refused =
        ContentDownload.of(
            Downloads.URL,
            PinSet.NONE,
            Downloads.whole(CONTENT),
            (from, url) -> {
              throw new RedirectException(RedirectFault.DOWNGRADE, "no");
            },
            host,
            options(5, false, 1 << 30));
    assertThat(failure(refused).fault()).isEqualTo(RedirectFault.DOWNGRADE);
  }

  @Test
  void aDownloadCanBeClosedWhileAnotherThreadWaitsForBytes() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    ContentDownload download = Downloads.of(new Stalling(waiting, cancelled));
    Thread closer =
        new Thread(
            () -> {
              try {
                waiting.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              download.close();
            });
    closer.start();
    RedirectException failure = catchThrowableOfType(RedirectException.class, download::next);
    closer.join();
    assertThat(failure).hasMessageContaining("closed");
  }
}
