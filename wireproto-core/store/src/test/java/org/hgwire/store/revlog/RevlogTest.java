// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogEntry;
import org.hgwire.store.testing.RevlogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevlogTest {
  private static final RevlogLimits LIMITS = new RevlogLimits(4 << 20, 1000, 100_000);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void readsChunksOfEveryForm(ChunkForm form) throws IOException {
    ByteString first = ByteString.utf8("\0first\nsecond\nthird\n");
    ByteString second = ByteString.utf8("\0first\nchanged\nthird\n");
    RevlogWriter writer =
        RevlogWriter.inline().add(first, form).add(second, form, 0).add(ByteString.empty(), form);
    try (Revlog revlog = open(writer)) {
      assertTexts(revlog, writer);
      assertThat(revlog.chunk(0)).isEqualTo(first.asByteBuffer());
      assertThat(revlog.chunk(1)).isEqualTo(Delta.between(first, second).asByteBuffer());
      assertThat(revlog.chunk(2).remaining()).isZero();
      assertThat(revlog.base(0)).isEqualTo(Revlog.NONE);
      assertThat(revlog.base(1)).isZero();
    }
  }

  @Test
  void readsEntries() throws IOException {
    RevlogWriter writer = history(RevlogWriter.split(), 3);
    writer.add(ByteString.utf8("merge"), ChunkForm.RAW, 1, 0, 2);
    writer.change(3, entry -> entry.withLink(17).withFlags(0x8000));
    try (Revlog revlog = open(writer)) {
      assertThat(revlog.count()).isEqualTo(4);
      assertThat(revlog.incompleteBytes()).isZero();
      assertThat(revlog.parent1(0)).isEqualTo(Revlog.NONE);
      assertThat(revlog.parent1(3)).isZero();
      assertThat(revlog.parent2(3)).isEqualTo(2);
      assertThat(revlog.base(3)).isEqualTo(1);
      assertThat(revlog.link(3)).isEqualTo(17);
      assertThat(revlog.flags(3)).isEqualTo(Revlog.FLAG_CENSORED);
      assertThat(revlog.flags(0)).isZero();
      assertThat(revlog.size(3)).isEqualTo(5);
      assertThat(revlog.storedLength(3)).isEqualTo(writer.entry(3).storedLength());
      assertThat(revlog.node(3)).isEqualTo(writer.entry(3).node());
      assertThatThrownBy(() -> revlog.node(4)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> revlog.text(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deltasWithoutGeneralDeltaAreAgainstTheOneBefore(boolean inline) throws IOException {
    RevlogWriter writer = RevlogWriter.withoutGeneralDelta(inline);
    for (int r = 0; r < 20; r++) {
      writer.add(ByteString.utf8("a\n".repeat(r)), ChunkForm.ZLIB, r % 7 == 0 ? -1 : r - 1);
    }
    try (Revlog revlog = open(writer)) {
      assertThat(revlog.base(13)).isEqualTo(12);
      assertThat(revlog.base(14)).isEqualTo(Revlog.NONE);
      assertTexts(revlog, writer);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 33, 4095, 4096, 4097, 10_000})
  void findsNodesInIndexesOfAnyLength(int count) throws IOException {
    for (RevlogWriter writer : new RevlogWriter[] {RevlogWriter.inline(), RevlogWriter.split()}) {
      for (int r = 0; r < count; r++) {
        writer.add(ByteString.utf8("" + r), ChunkForm.RAW);
      }
      try (Revlog revlog = open(writer)) {
        assertThat(revlog.count()).isEqualTo(count);
        for (int r = 0; r < count; r++) {
          assertThat(revlog.find(writer.entry(r).node())).isEqualTo(r);
        }
        assertThat(revlog.find(Node.NULL)).isEqualTo(Revlog.NONE);
        assertThat(revlog.find(new Node(1, 2, 3))).isEqualTo(Revlog.NONE);
      }
    }
  }

  @Test
  void emptyFileHasNoRevisions() throws IOException {
    try (Revlog revlog = Revlog.open(Files.createFile(directory.resolve("00.i")), LIMITS)) {
      assertThat(revlog.count()).isZero();
      assertThat(revlog.find(Node.NULL)).isEqualTo(Revlog.NONE);
    }
  }

  @Test
  void dataFileMayBeMissingIfThereIsNoData() throws IOException {
    RevlogWriter writer = RevlogWriter.split().add(ByteString.empty(), ChunkForm.WHOLE);
    Path index = writer.write(directory.resolve("00.i"));
    Files.delete(RevlogWriter.data(index));
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      assertTexts(revlog, writer);
    }
  }

  @Test
  void missingIndexIsNoSuchFile() {
    assertThatThrownBy(() -> Revlog.open(directory.resolve("00.i"), LIMITS))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void textsInAnyOrderAreRight() throws IOException {
    RevlogWriter writer = history(RevlogWriter.split(), 300);
    try (Revlog revlog = open(writer)) {
      Random random = new Random(1);
      for (int i = 0; i < 2000; i++) {
        int r = random.nextInt(300);
        assertThat(revlog.text(r)).isEqualTo(writer.text(r));
      }
    }
  }

  /** Indexes with chunks are split at 128 KiB by Mercurial, but need not be. */
  @Test
  void readsLargeIndexesWithChunks() throws IOException {
    RevlogWriter writer = history(RevlogWriter.inline(), 300);
    writer.add(noise(3 << 20), ChunkForm.RAW);
    writer.add(noise(1 << 10), ChunkForm.ZLIB);
    try (Revlog revlog = open(writer)) {
      assertTexts(revlog, writer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void largeTextIsInflatedAsItIsRead(ChunkForm form) throws IOException {
    ByteString large = noise(9 << 20);
    RevlogWriter writer = RevlogWriter.split().add(large, form).add(noise(100), form);
    try (Revlog revlog = open(writer)) {
      try (InputStream text = revlog.open(0)) {
        assertThat(ByteString.copyOf(text.readAllBytes())).isEqualTo(large);
        assertThat(text.read()).isEqualTo(-1);
      }
      revlog.verify(0);
      assertThat(revlog.text(1)).isEqualTo(writer.text(1));
    }
  }

  @Test
  void chunkIsReadOnly() throws IOException {
    try (Revlog revlog = open(history(RevlogWriter.inline(), 2))) {
      assertThat(revlog.chunk(0).isReadOnly()).isTrue();
    }
  }

  @Test
  void textsAreTheSameAfterChunksWereRead() throws IOException {
    RevlogWriter writer = history(RevlogWriter.inline(), 600);
    try (Revlog revlog = open(writer)) {
      for (int r = 0; r < revlog.count(); r++) {
        revlog.chunk(r);
      }
      assertTexts(revlog, writer);
      for (int r = revlog.count() - 1; r >= 0; r -= 7) {
        assertThat(revlog.text(r)).isEqualTo(writer.text(r));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Revlog.FLAG_CENSORED, Revlog.FLAG_ELLIPSIS, Revlog.FLAG_EXTERNAL})
  void flaggedTextNeedNotHaveItsHash(int flag) throws IOException {
    RevlogWriter writer = RevlogWriter.inline().add(ByteString.utf8("tombstone"), ChunkForm.RAW);
    writer.change(0, entry -> entry.withNode(new Node(1, 2, 3)).withFlags(flag));
    try (Revlog revlog = open(writer)) {
      revlog.verify(0);
      assertThat(revlog.flags(0)).isEqualTo(flag);
      assertThat(revlog.text(0)).isEqualTo(writer.text(0));
    }
  }

  /** Mercurial was about to append it. */
  @Test
  void incompleteRevisionIsNotThere() throws IOException {
    RevlogWriter writer = history(RevlogWriter.inline(), 5);
    Path index = writer.write(directory.resolve("00.i"));
    byte[] bytes = Files.readAllBytes(index);
    int last = bytes.length - RevlogEntry.BYTES - writer.entry(4).storedLength();
    for (int cut = 1; cut < bytes.length - last; cut++) {
      Files.write(index, Arrays.copyOf(bytes, last + cut));
      try (Revlog revlog = Revlog.open(index, LIMITS)) {
        assertThat(revlog.count()).isEqualTo(4);
        assertThat(revlog.incompleteBytes()).isEqualTo(cut);
        assertThat(revlog.find(writer.entry(4).node())).isEqualTo(Revlog.NONE);
        assertThat(revlog.text(3)).isEqualTo(writer.text(3));
      }
    }
  }

  private static void assertTexts(Revlog revlog, RevlogWriter writer) throws IOException {
    assertThat(revlog.count()).isEqualTo(writer.count());
    for (int r = 0; r < writer.count(); r++) {
      assertThat(revlog.size(r)).isEqualTo(writer.text(r).length());
      assertThat(revlog.text(r)).isEqualTo(writer.text(r));
      try (InputStream text = revlog.open(r)) {
        assertThat(ByteString.copyOf(text.readAllBytes())).isEqualTo(writer.text(r));
      }
      revlog.verify(r);
    }
  }

  private Revlog open(RevlogWriter writer) throws IOException {
    return Revlog.open(writer.write(directory.resolve("00.i")), LIMITS);
  }

  /** A history of a text with chains of up to 40 deltas, each against one of the last ten. */
  private static RevlogWriter history(RevlogWriter writer, int count) {
    Random random = new Random(count);
    for (int r = 0; r < count; r++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 50; line++) {
        text.append("line ").append(random.nextInt(10) == 0 ? random.nextInt() : line).append('\n');
      }
      int base =
          r % 40 == 0 ? RevlogWriter.NONE : Math.max(r - 1 - random.nextInt(10), r / 40 * 40);
      writer.add(
          ByteString.utf8(text.toString()), r % 2 == 0 ? ChunkForm.ZLIB : ChunkForm.ZSTD, base);
    }
    return writer;
  }

  private static ByteString noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    bytes[0] = 0;
    return ByteString.copyOf(bytes);
  }
}
