// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.store.revlog.NewRevision.KnownDelta;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RevlogAppenderTest {
  private static final RevlogLimits LIMITS = RevlogLimits.defaults();

  @TempDir Path directory;
  private final Random random = new Random(3);
  private final List<byte[]> texts = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private Path index;

  @BeforeEach
  void name() {
    index = directory.resolve("x.i");
  }

  @ParameterizedTest
  @CsvSource({
    "FILE, 1, true, true", "FILE, 7, false, true", "FILE, 1000, true, false",
    "MANIFESTS, 1, false, true", "MANIFESTS, 50, true, true", "CHANGELOG, 9, true, true"
  })
  void everyRevisionIsReadAsItWasAppended(
      RevlogKind kind, int session, boolean withDeltas, boolean sparse) throws IOException {
    for (int count = 0; count < 300; ) {
      try (RevlogAppender log = open(kind, ChunkCompressor.zstd(), sparse, 0)) {
        for (int i = 0; i < session && count < 300; i++) {
          append(log, kind == RevlogKind.CHANGELOG ? count : count / 3, withDeltas);
          count++;
          int any = random.nextInt(count);
          assertThat(log.find(nodes.get(any))).isEqualTo(any);
          assertThat(log.text(any).toByteArray()).isEqualTo(texts.get(any));
        }
      }
    }
    assertThatReaderReadsAll();
  }

  @Test
  void zlibIsWrittenWhereItIsRequired() throws IOException {
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zlib(), true, 0)) {
      for (int i = 0; i < 50; i++) {
        append(log, i, true);
      }
    }
    assertThatReaderReadsAll();
    byte[] bytes = Files.readAllBytes(index);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("x\u009c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "\0", "\0\0\0", "short", "x\u009c", "("})
  void shortTextIsStoredAsItIs(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 0)) {
      append(log, 0, bytes, Node.NULL, null);
    }
    assertThatReaderReadsAll();
  }

  @Test
  void chainsEndBeforeTheyCostMuch() throws IOException {
    byte[] text = lines(100);
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 0)) {
      Node parent = Node.NULL;
      for (int i = 0; i < 2000; i++) {
        text = text.clone();
        text[random.nextInt(text.length)] = (byte) ('a' + random.nextInt(26));
        parent = append(log, i, text, parent, null);
      }
    }
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      long stored = 0;
      for (int r = 0; r < revlog.count(); r++) {
        stored += revlog.storedLength(r);
        long chain = 0;
        int length = 0;
        for (int base = r; base != Revlog.NONE; base = revlog.base(base)) {
          chain += revlog.storedLength(base);
          length++;
        }
        assertThat(chain).isLessThanOrEqualTo(4L * text.length);
        assertThat(length).isLessThanOrEqualTo(1001);
      }
      assertThat(stored).isLessThan(2000L * 30);
    }
    assertThatReaderReadsAll();
  }

  @Test
  void largeIndexIsSplitAndSmallOneIsNot() throws IOException {
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 0)) {
      append(log, 0, noise(100_000), Node.NULL, null);
    }
    assertThat(directory.resolve("x.d")).doesNotExist();
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 1)) {
      append(log, 1, noise(100_000), Node.NULL, null);
    }
    assertThat(index).hasSize(128);
    assertThat(directory.resolve("x.d")).hasSize(200_002);
    assertThatReaderReadsAll();
  }

  @Test
  void revisionThatIsThereIsNotAppendedAgain() throws IOException {
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 0)) {
      Node node = append(log, 0, lines(3), Node.NULL, null);
      ByteBuffer other = ByteBuffer.allocate(3);
      assertThat(log.append(new NewRevision(node, Node.NULL, Node.NULL, 5, 0, other, null)))
          .isZero();
      assertThat(log.count()).isEqualTo(1);
    }
  }

  @Test
  void unknownParentAndOldLinkAreRefused() throws IOException {
    ByteBuffer text = ByteBuffer.allocate(3);
    Node node = Node.fromHex("11".repeat(20));
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 5)) {
      assertThatThrownBy(() -> log.append(new NewRevision(node, node, Node.NULL, 5, 0, text, null)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> log.append(new NewRevision(node, Node.NULL, Node.NULL, 4, 0, text, null)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(log.count()).isZero();
    }
    assertThat(index).doesNotExist();
  }

  @Test
  void flaggedRevisionIsNoDeltaAndNoBase() throws IOException {
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 0)) {
      Node first = append(log, 0, lines(100), Node.NULL, null);
      Node censored = Node.fromHex("22".repeat(20));
      ByteBuffer tombstone = ByteBuffer.wrap(lines(99));
      log.append(
          new NewRevision(censored, first, Node.NULL, 1, Revlog.FLAG_CENSORED, tombstone, null));
      append(log, 2, lines(101), censored, null);
    }
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      assertThat(revlog.flags(1)).isEqualTo(Revlog.FLAG_CENSORED);
      assertThat(revlog.base(1)).isEqualTo(Revlog.NONE);
      assertThat(revlog.base(2)).isNotEqualTo(1);
    }
  }

  @Test
  void deltaThatIsNotOfWholeLinesIsNotStoredForManifest() throws IOException {
    byte[] base = "a\0one\nb\0two\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] text = "a\0oNe\nb\0two\n".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer delta = ByteBuffer.allocate(13);
    delta.putInt(3).putInt(4).putInt(1).put((byte) 'N').flip();
    byte[] longBase =
        (new String(base, StandardCharsets.ISO_8859_1) + "c\n".repeat(50))
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] longText =
        (new String(text, StandardCharsets.ISO_8859_1) + "c\n".repeat(50))
            .getBytes(StandardCharsets.ISO_8859_1);
    try (RevlogAppender log = open(RevlogKind.MANIFESTS, ChunkCompressor.zstd(), true, 0)) {
      Node first = append(log, 0, longBase, Node.NULL, null);
      append(log, 1, longText, first, new KnownDelta(first, delta));
    }
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      assertThat(revlog.base(1)).isZero();
      ByteBuffer chunk = revlog.chunk(1);
      assertThat(chunk.getInt(0)).isZero();
      assertThat(chunk.get(chunk.limit() - 1)).isEqualTo((byte) '\n');
    }
    assertThatReaderReadsAll();
  }

  @ParameterizedTest
  @CsvSource({"20, 0", "90, 1"})
  void shortDeltaAgainstSnapshotIsStoredAsItCame(int changed, int base) throws IOException {
    byte[] first = lines(100);
    byte[] second = replaced(first, 0, 5);
    byte[] third = replaced(second, 5, changed);
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 0)) {
      Node root = append(log, 0, first, Node.NULL, null);
      Node parent = append(log, 1, second, root, null);
      ByteString delta = Delta.between(ByteBuffer.wrap(first), ByteBuffer.wrap(third));
      append(log, 2, third, parent, new KnownDelta(root, delta.asByteBuffer()));
    }
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      assertThat(revlog.base(2)).isEqualTo(base);
    }
    assertThatReaderReadsAll();
  }

  @ParameterizedTest
  @EnumSource
  void revlogWithoutGeneralDeltasIsContinued(ChunkForm form) throws IOException {
    RevlogWriter old = RevlogWriter.withoutGeneralDelta(true);
    for (int i = 0; i < 4; i++) {
      old.add(ByteString.copyOf(lines(30)), form);
    }
    index = old.write(directory.resolve("x.i"));
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      for (int r = 0; r < revlog.count(); r++) {
        nodes.add(revlog.node(r));
        texts.add(revlog.text(r).toByteArray());
      }
    }
    try (RevlogAppender log = open(RevlogKind.FILE, ChunkCompressor.zstd(), true, 100)) {
      for (int i = 0; i < 20; i++) {
        append(log, 100 + i, true);
      }
    }
    assertThatReaderReadsAll();
  }

  /** Appends a revision like one that there is, or another one, with one parent or two. */
  private void append(RevlogAppender log, int link, boolean withDelta) throws IOException {
    int count = nodes.size();
    int parent = count == 0 ? Revlog.NONE : Math.max(0, count - 1 - random.nextInt(3));
    byte[] text =
        parent == Revlog.NONE || random.nextInt(12) == 0
            ? lines(random.nextInt(200))
            : edited(texts.get(parent));
    KnownDelta delta = null;
    if (withDelta && count > 0) {
      int base = random.nextInt(4) == 0 ? random.nextInt(count) : parent;
      ByteString bytes = Delta.between(ByteBuffer.wrap(texts.get(base)), ByteBuffer.wrap(text));
      delta = new KnownDelta(nodes.get(base), bytes.asByteBuffer());
    }
    append(log, link, text, parent == Revlog.NONE ? Node.NULL : nodes.get(parent), delta);
  }

  private Node append(
      RevlogAppender log, int link, byte[] text, Node parent, @Nullable KnownDelta delta)
      throws IOException {
    Node other =
        nodes.isEmpty() || random.nextInt(6) > 0
            ? Node.NULL
            : nodes.get(random.nextInt(nodes.size()));
    Node node = NodeHasher.of(parent, other).update(ByteBuffer.wrap(text)).finish();
    int revision =
        log.append(new NewRevision(node, parent, other, link, 0, ByteBuffer.wrap(text), delta));
    if (revision == nodes.size()) {
      nodes.add(node);
      texts.add(text);
    }
    return node;
  }

  private byte[] lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("line ").append(random.nextInt(100_000)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] edited(byte[] text) {
    byte[] added = lines(1 + random.nextInt(3));
    int at = random.nextInt(text.length + 1);
    while (at > 0 && text[at - 1] != '\n') {
      at--;
    }
    ByteBuffer edited = ByteBuffer.allocate(text.length + added.length);
    return edited.put(text, 0, at).put(added).put(text, at, text.length - at).array();
  }

  private byte[] replaced(byte[] text, int from, int count) {
    String[] all = new String(text, StandardCharsets.ISO_8859_1).split("\n");
    for (int i = from; i < from + count; i++) {
      all[i] = "line " + random.nextInt(100_000);
    }
    return (String.join("\n", all) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    bytes[0] = 1;
    return bytes;
  }

  private void assertThatReaderReadsAll() throws IOException {
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      assertThat(revlog.incompleteBytes()).isZero();
      assertThat(revlog.count()).isEqualTo(nodes.size());
      for (int r = 0; r < revlog.count(); r++) {
        assertThat(revlog.node(r)).isEqualTo(nodes.get(r));
        assertThat(revlog.text(r).toByteArray()).isEqualTo(texts.get(r));
        revlog.verify(r);
      }
    }
  }

  private RevlogAppender open(
      RevlogKind kind, ChunkCompressor compressor, boolean sparse, int firstLink)
      throws IOException {
    return RevlogAppender.open(
        new PlainFiles(index), kind, new AppendSettings(compressor, sparse, LIMITS, firstLink));
  }

  /** Writes in place. */
  private record PlainFiles(Path index) implements RevlogFiles {
    @Override
    public Path data() {
      return index.resolveSibling("x.d");
    }

    @Override
    public void writeIndex(ByteBuffer bytes, long at, long before) throws IOException {
      write(index, bytes, at);
    }

    @Override
    public void writeData(ByteBuffer bytes, long at, long before) throws IOException {
      write(data(), bytes, at);
    }

    @Override
    public void replaceIndex(ByteBuffer entries, long at, long before) throws IOException {
      assertThat(Files.size(index)).isEqualTo(at);
      Files.delete(index);
      write(index, entries, 0);
    }

    private static void write(Path file, ByteBuffer bytes, long at) throws IOException {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
        assertThat(channel.size()).isEqualTo(at);
        channel.write(bytes, at);
      }
    }
  }
}
