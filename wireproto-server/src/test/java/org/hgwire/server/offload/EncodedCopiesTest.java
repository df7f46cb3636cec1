// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.CacheableCalls;
import org.hgwire.server.EncodedObjects;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept responses are sent as they were encoded once. */
final class EncodedCopiesTest {
  private static final int SIZE = 1_000_000;
  private static final ContentEncoding ZSTD = encoding("zstd-8mb");

  @TempDir Path directory;

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final AtomicInteger runs = new AtomicInteger();
  private int alphabet = 16;

  /** What a client gets: how much of it was encoded already, and all of it decoded. */
  private record Sent(long encoded, long fromCopy, ByteString bytes) {}

  private static ContentEncoding encoding(String name) {
    return requireNonNull(ContentEncodings.standard().find(name));
  }

  private ObjectSource objects(int size) {
    runs.incrementAndGet();
    byte[] bytes = new byte[size - 5];
    Random random = new Random(7);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(alphabet);
    }
    return ObjectSources.of(
        List.of(new ResponseObject.Value(new CborBytes(ByteString.copyOf(bytes)))));
  }

  private ContentOffloadBuilder cache() {
    return ContentOffload.builder(directory.resolve("cache")).segmentSize(100_000);
  }

  private ResponseOrigin origin(
      ContentOffload cache,
      int size,
      @Nullable RedirectOffer offer,
      @Nullable ContentEncoding encoding)
      throws IOException {
    CommandDefinition command =
        CommandDefinition.named("data" + size)
            .permission(Permission.PULL)
            .cacheable()
            .runs(call -> objects(size));
    return requireNonNull(
        cache.originOf(CacheableCalls.of(command, repository, CborMap.empty(), offer, encoding)));
  }

  private Sent sent(ContentOffload cache, @Nullable ContentEncoding encoding) throws IOException {
    return sent(cache, SIZE, encoding);
  }

  private Sent sent(ContentOffload cache, int size, @Nullable ContentEncoding encoding)
      throws IOException {
    ResponseOrigin origin = origin(cache, size, null, encoding);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    long encoded = 0;
    long fromCopy = 0;
    try (EncodedObjects objects = ((ResponseOrigin.Inline) origin).objects();
        ContentDecoder decoder =
            (encoding == null ? ZSTD : encoding).newDecoder(WireLimits.defaults())) {
      for (ByteBuffer piece = objects.next(); piece != null; piece = objects.next()) {
        if (objects.decodedBytes().isEmpty()) {
          all.writeBytes(Origins.bytes(piece));
          continue;
        }
        encoded += piece.remaining();
        fromCopy += objects.decodedBytes().getAsLong();
        decoder.feed(piece);
        for (ByteBuffer plain = decoder.poll(); plain != null; plain = decoder.poll()) {
          all.writeBytes(Origins.bytes(plain));
        }
        assertThat(all.size()).isEqualTo((int) fromCopy);
      }
    }
    return new Sent(encoded, fromCopy, ByteString.copyOf(all.toByteArray()));
  }

  private List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> shards =
        Files.newDirectoryStream(directory.resolve("cache/content"), "[0-9a-f][0-9a-f]")) {
      for (Path shard : shards) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
          files.forEach(all::add);
        }
      }
    }
    return all;
  }

  /** Waits until there are so many files, and nothing is made any more, at most 10 seconds. */
  private void awaitFiles(int count) throws IOException {
    long begin = System.nanoTime();
    while ((files().size() != count || isMaking())
        && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10)) {
      Thread.onSpinWait();
    }
    assertThat(files()).hasSize(count);
  }

  /** Returns whether a thread makes copies: a copy shows before that is noted. */
  private static boolean isMaking() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("hgwire-encoded-copies"))
        .anyMatch(thread -> thread.getState() != Thread.State.TIMED_WAITING);
  }

  /** Sends the response until a copy of it is there, and returns the file of the copy. */
  private Path copy(ContentOffload cache) throws IOException {
    sent(cache, ZSTD);
    List<Path> before = files();
    sent(cache, ZSTD);
    awaitFiles(2);
    return files().stream().filter(file -> !before.contains(file)).findFirst().orElseThrow();
  }

  /** Waits until all copies are made that were begun: one more comes after them. */
  private void awaitWork(ContentOffload cache) throws IOException {
    alphabet = 16;
    int size = 50_000;
    long begin = System.nanoTime();
    while (sent(cache, size, ZSTD).fromCopy() == 0) {
      assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib"})
  void thirdResponseIsSentAsItWasEncoded(String name) throws IOException {
    ContentEncoding encoding = encoding(name);
    try (ContentOffload cache = cache().open()) {
      Sent first = sent(cache, encoding);
      assertThat(first.fromCopy()).isZero();
      assertThat(files()).as("of a response that is sent once there is no copy").hasSize(1);
      assertThat(sent(cache, encoding)).isEqualTo(first);
      awaitFiles(2);

      Sent third = sent(cache, encoding);

      assertThat(third.bytes()).isEqualTo(first.bytes());
      assertThat(third.fromCopy()).isEqualTo(SIZE);
      assertThat(third.encoded()).isLessThan(SIZE * 6 / 10);
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void eachEncodingHasACopyAndNoEncodingHasNone() throws IOException {
    try (ContentOffload cache = cache().open()) {
      copy(cache);

      assertThat(sent(cache, null).fromCopy()).isZero();
      assertThat(sent(cache, encoding("zlib")).fromCopy()).isZero();
      awaitFiles(3);
      assertThat(sent(cache, encoding("zlib")).fromCopy()).isEqualTo(SIZE);
      assertThat(sent(cache, ZSTD).fromCopy()).isEqualTo(SIZE);
    }
  }

  @Test
  void copySurvivesARestart() throws IOException {
    try (ContentOffload cache = cache().open()) {
      copy(cache);
    }
    try (ContentOffload cache = cache().open()) {
      assertThat(sent(cache, ZSTD).fromCopy()).isEqualTo(SIZE);
    }
  }

  @Test
  void fromADamagedBlockOnTheResponseItselfIsSent() throws IOException {
    try (ContentOffload cache = cache().open()) {
      Path copy = copy(cache);
      Sent intact = sent(cache, ZSTD);
      byte[] bytes = Files.readAllBytes(copy);
      int block = CopyBlock.HEADER + ByteBuffer.wrap(bytes).getInt(16);
      int[] damaged = {
        0, 4, 11, 12, 15, 16, 19, 20, block - 1, block, block + 15, bytes.length - 1
      };
      for (int at : damaged) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) 0x81;
        Files.write(copy, changed);

        Sent mended = sent(cache, ZSTD);

        assertThat(mended.bytes()).as("byte %d", at).isEqualTo(intact.bytes());
        assertThat(mended.fromCopy()).as("byte %d", at).isLessThan(SIZE);
        assertThat(mended.fromCopy()).isEqualTo(fromCopy(at, block, bytes.length));
        assertThat(copy).doesNotExist();
        sent(cache, ZSTD);
        awaitFiles(2);
      }
      assertThat(sent(cache, ZSTD)).isEqualTo(intact);
      assertThat(runs).hasValue(1);
    }
  }

  /** How much of the response comes before the block that has the byte at an index. */
  private static long fromCopy(int at, int block, int length) {
    if (at == length - 1) {
      return SIZE - SIZE % CopyBlock.DECODED;
    }
    return at < block ? 0 : CopyBlock.DECODED;
  }

  @Test
  void truncatedCopyIsCompletedAndMadeAgain() throws IOException {
    try (ContentOffload cache = cache().open()) {
      Path copy = copy(cache);
      Sent intact = sent(cache, ZSTD);
      byte[] bytes = Files.readAllBytes(copy);
      int block = CopyBlock.HEADER + ByteBuffer.wrap(bytes).getInt(16);
      for (int length : new int[] {0, 10, CopyBlock.HEADER, block, block + 30, bytes.length - 1}) {
        Files.write(copy, ByteString.copyOf(bytes, 0, length).toByteArray());

        assertThat(sent(cache, ZSTD).bytes()).as("%d bytes", length).isEqualTo(intact.bytes());
        assertThat(copy).doesNotExist();
        sent(cache, ZSTD);
        awaitFiles(2);
      }
    }
  }

  @Test
  void withoutItsResponseACopyIsNotUsed() throws IOException {
    try (ContentOffload cache = cache().open()) {
      Path copy = copy(cache);
      for (Path file : files()) {
        if (!file.equals(copy)) {
          Files.delete(file);
        }
      }

      assertThat(sent(cache, ZSTD).fromCopy()).isZero();
      assertThat(runs).hasValue(2);
      assertThat(sent(cache, ZSTD).fromCopy()).as("the response is there again").isEqualTo(SIZE);
    }
  }

  @Test
  void copiesCountAgainstTheBoundAndGoBeforeTheirResponse() throws IOException {
    try (ContentOffload cache = cache().maxLocalBytes(2 * SIZE + SIZE / 10).open()) {
      Path copy = copy(cache);
      sent(cache, ZSTD);

      sent(cache, SIZE - 1, null);

      assertThat(files()).as("both responses").hasSize(2).doesNotContain(copy);
      assertThat(sent(cache, null).bytes().length()).isEqualTo(SIZE);
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void noCopyReplacesItsResponse() throws IOException {
    try (ContentOffload cache = cache().maxLocalBytes(2 * SIZE - 1).open()) {
      sent(cache, ZSTD);
      sent(cache, ZSTD);
      awaitWork(cache);

      assertThat(sent(cache, ZSTD).fromCopy()).isZero();
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void whatIsShortOrIncompressibleHasNoCopy() throws IOException {
    alphabet = 256;
    try (ContentOffload cache = cache().open()) {
      for (int i = 0; i < 2; i++) {
        sent(cache, ZSTD);
        sent(cache, 30_000, ZSTD);
      }
      awaitWork(cache);

      assertThat(sent(cache, ZSTD).fromCopy()).isZero();
      assertThat(sent(cache, 30_000, ZSTD).fromCopy()).isZero();
      assertThat(files()).as("three responses, one copy").hasSize(4);
    }
  }

  @Test
  void redirectedResponseHasNoCopy() throws IOException {
    RedirectTarget target = RedirectTarget.of("cdn", URI.create("https://cdn.example/c"));
    try (FileContentStore store =
            FileContentStore.builder(target, directory.resolve("cdn")).open();
        ContentOffload cache = cache().store(store).open()) {
      sent(cache, ZSTD);
      for (int i = 0; i < 3; i++) {
        assertThat(origin(cache, SIZE, CacheableCalls.offer("cdn"), ZSTD))
            .isInstanceOf(ResponseOrigin.Redirected.class);
      }
      awaitWork(cache);
      assertThat(files()).as("two responses, one copy").hasSize(3);
    }
  }

  @Test
  void closingEndsTheWorkAndLeavesNothingUnfinished() throws IOException {
    try (ContentOffload cache = cache().open()) {
      sent(cache, ZSTD);
      sent(cache, ZSTD);
    }
    try (Stream<Path> left = Files.list(directory.resolve("cache/content/unfinished"))) {
      assertThat(left).isEmpty();
    }
  }
}
