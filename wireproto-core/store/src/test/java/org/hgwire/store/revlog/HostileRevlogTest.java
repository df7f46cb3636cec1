// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.StoreException;
import org.hgwire.store.StoreException.Kind;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogEntry;
import org.hgwire.store.testing.RevlogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Revlogs that are made to cost much cost little, or end with an error. */
@Timeout(30)
class HostileRevlogTest {
  private static final int MAX_TEXT = 1 << 20;
  private static final RevlogLimits LIMITS = new RevlogLimits(MAX_TEXT, 100_000, 2_000_000);
  private static final Node NODE = new Node(1, 2, 3);

  @TempDir Path directory;

  /** The file has no blocks on the disk. */
  @ParameterizedTest
  @ValueSource(ints = {0x0002_0001, 0x0003_0001})
  void indexThatClaimsManyRevisionsIsRefused(int header) throws IOException {
    Path index = directory.resolve("00.i");
    try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
      file.writeInt(header);
      file.setLength((1L << 31) * RevlogEntry.BYTES);
    }
    assertFault(Kind.TOO_LARGE, () -> Revlog.open(index, LIMITS), "00.i", "max-stored-revisions");
  }

  @Test
  void chainOfMillionDeltasIsRefused() throws IOException {
    Path index = million(r -> entry(0, 3, r));
    Files.write(RevlogWriter.data(index), new byte[] {'u', 'a', 'b'});
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      assertFault(
          Kind.TOO_LARGE, () -> revlog.text(1_000_000 - 1), "revision 999999", "max-stored-chain");
      assertFault(Kind.TOO_LARGE, () -> revlog.text(500_000), "revision 500000", "100000 deltas");
      assertThat(revlog.text(0)).isEqualTo(ByteString.utf8("ab"));
    }
  }

  /** Every text of it; the deltas are empty. */
  @Test
  void chainWithinTheLimitIsReadOnceInOrder() throws IOException {
    Path index = million(r -> entry(0, r % 100_000 == 0 ? 3 : 0, r % 100_000 == 0 ? 0 : r));
    Files.write(RevlogWriter.data(index), new byte[] {'u', 'a', 'b'});
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      for (int r = 0; r < 100_000; r++) {
        assertThat(revlog.text(r).length()).isEqualTo(2);
      }
      assertThat(revlog.text(99_999)).isEqualTo(ByteString.utf8("ab"));
    }
  }

  /** All deltas are the same chunk, which inflates to the limit. */
  @Test
  void chainOfBombsIsRefused() throws IOException {
    ByteString bomb = ChunkForm.ZSTD.encode(deltaOf(MAX_TEXT));
    ByteString text = ChunkForm.ZSTD.encode(ByteString.copyOf(new byte[MAX_TEXT]));
    RevlogWriter writer = RevlogWriter.split();
    writer.addChunk(text, ByteString.copyOf(new byte[MAX_TEXT]), -1, -1, -1, NODE);
    writer.addChunk(bomb, writer.text(0), 0, 0, -1, NODE);
    for (int r = 2; r < 50_000; r++) {
      writer.addChunk(ByteString.empty(), writer.text(0), r - 1, r - 1, -1, NODE);
      RevlogEntry first = writer.entry(1);
      writer.change(r, entry -> entry.withChunk(first.offset(), first.storedLength()));
    }
    try (Revlog revlog = open(writer)) {
      assertThat(revlog.text(20).length()).isEqualTo(MAX_TEXT);
      assertFault(Kind.TOO_LARGE, () -> revlog.text(49_999), "revision 49999", "too much");
    }
  }

  /** Each delta has so many fragments that the text is made after it. */
  @Test
  void chainOfManyFragmentsIsRefused() throws IOException {
    ByteBuffer delta = ByteBuffer.allocate(20_000 * 12);
    for (int i = 0; i < 20_000; i++) {
      delta.putInt(i * 2).putInt(i * 2).putInt(0);
    }
    ByteString chunk = ChunkForm.ZLIB.encode(ByteString.copyOf(delta.array()));
    RevlogWriter writer = RevlogWriter.split();
    ByteString text = ByteString.copyOf(new byte[MAX_TEXT]);
    writer.addChunk(ChunkForm.ZLIB.encode(text), text, -1, -1, -1, NODE);
    writer.addChunk(chunk, text, 0, 0, -1, NODE);
    for (int r = 2; r < 50_000; r++) {
      writer.addChunk(ByteString.empty(), text, r - 1, r - 1, -1, NODE);
      RevlogEntry first = writer.entry(1);
      writer.change(r, entry -> entry.withChunk(first.offset(), first.storedLength()));
    }
    try (Revlog revlog = open(writer)) {
      assertFault(Kind.TOO_LARGE, () -> revlog.text(49_999), "revision 49999", "too much");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ZLIB", "ZSTD", "UNSIZED_ZSTD"})
  void bombIsRefused(ChunkForm form) throws IOException {
    ByteString bomb = form.encode(ByteString.copyOf(new byte[200 << 20]));
    RevlogWriter writer = RevlogWriter.split();
    writer.addChunk(bomb, ByteString.copyOf(new byte[10]), -1, -1, -1, NODE);
    writer.addChunk(bomb, ByteString.copyOf(new byte[10]), 0, -1, -1, NODE);
    writer.addChunk(bomb, ByteString.copyOf(new byte[MAX_TEXT]), -1, -1, -1, NODE);
    try (Revlog revlog = open(writer)) {
      assertFault(Kind.DAMAGED, () -> revlog.chunk(0), "revision 0 of", "00.i", "10 bytes");
      assertFault(Kind.DAMAGED, () -> revlog.chunk(1), "revision 1 of", "00.i", "more than");
      assertFault(Kind.DAMAGED, () -> revlog.open(2).readAllBytes(), "revision 2 of", "longer");
    }
  }

  /** A few bytes that claim to be a gigabyte. */
  @Test
  void claimedLengthIsNotAllocated() throws IOException {
    ByteString claim = ByteString.fromHex("28b52ffda000000040010000");
    assertThat(Zstd.getFrameContentSize(claim.toByteArray())).isEqualTo(1 << 30);
    RevlogWriter writer = RevlogWriter.split();
    writer.addChunk(claim, ByteString.copyOf(new byte[10]), -1, -1, -1, NODE);
    writer.change(0, entry -> entry.withTextLength(1 << 30));
    writer.addChunk(claim, ByteString.copyOf(new byte[10]), -1, -1, -1, NODE);
    writer.change(1, entry -> entry.withChunk(0, 1 << 30));
    try (Revlog revlog = open(writer)) {
      assertFault(Kind.TOO_LARGE, () -> revlog.chunk(0), "revision 0 of", "max-stored-text");
      assertFault(Kind.TOO_LARGE, () -> revlog.text(0), "revision 0 of", "max-stored-text");
      assertFault(Kind.DAMAGED, () -> revlog.open(0).readAllBytes(), "revision 0 of");
      assertFault(Kind.TOO_LARGE, () -> revlog.chunk(1), "revision 1 of", "max-stored-text");
    }
  }

  /** Without general delta the field of the base does not say which revision is meant. */
  @Test
  void basesWithoutGeneralDeltaMakeNoCircle() throws IOException {
    RevlogWriter writer = RevlogWriter.withoutGeneralDelta(false);
    writer.add(ByteString.utf8("a"), ChunkForm.RAW);
    for (int r = 1; r < 1000; r++) {
      writer.add(ByteString.utf8("a"), ChunkForm.RAW, r - 1);
      int base = r % 3 == 0 ? 0 : r - 1;
      writer.change(r, entry -> entry.withBase(base));
    }
    try (Revlog revlog = open(writer)) {
      assertThat(revlog.text(999)).isEqualTo(ByteString.utf8("a"));
      assertThat(revlog.base(999)).isEqualTo(998);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void nodesCannotMakeTheLookupSlow(int choice) throws IOException {
    Path index = million(r -> entry(0, 0, 0).withNode(chosen(choice, r)));
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      for (int r = 0; r < 1_000_000; r += 3) {
        assertThat(revlog.find(chosen(choice, r))).isEqualTo(choice == 0 ? 0 : r);
        assertThat(revlog.find(chosen(choice, r + 1_000_001))).isEqualTo(choice == 0 ? 0 : -1);
      }
    }
  }

  private static Node chosen(int choice, int revision) {
    return switch (choice) {
      case 0 -> NODE;
      case 1 -> new Node(0, 0, revision);
      case 2 -> new Node((long) revision << 40, 0, 0);
      default -> new Node(7, (long) revision << 32, -revision);
    };
  }

  private static ByteString deltaOf(int length) {
    ByteBuffer delta = ByteBuffer.allocate(12 + length);
    return ByteString.copyOf(delta.putInt(0).putInt(length).putInt(length).rewind());
  }

  /** Returns the entry of a chain that has one chunk, three bytes, for all its revisions. */
  private static RevlogEntry entry(long offset, int length, int revision) {
    return new RevlogEntry(
        offset, 0, length, 2, Math.max(0, revision - 1), 0, -1, -1, new Node(revision, 0, 0));
  }

  private Path million(IntFunction<RevlogEntry> entries) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1_000_000 * RevlogEntry.BYTES);
    for (int r = 0; r < 1_000_000; r++) {
      entries.apply(r).write(bytes);
    }
    bytes.putInt(0, 0x0002_0001);
    return Files.write(directory.resolve("00.i"), bytes.array());
  }

  private Revlog open(RevlogWriter writer) throws IOException {
    return Revlog.open(writer.write(directory.resolve("00.i")), LIMITS);
  }

  private static void assertFault(Kind kind, ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, fault -> assertThat(fault.kind()).isEqualTo(kind))
        .hasMessageContainingAll(parts);
  }
}
