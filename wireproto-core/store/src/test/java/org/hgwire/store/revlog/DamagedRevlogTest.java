// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each error names the file and the revision, and says what kind it is. */
@Timeout(30)
class DamagedRevlogTest {
  private static final RevlogLimits LIMITS = new RevlogLimits(1 << 20, 1000, 1000);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, format of before 2006",
    "0xdead, revlog 2",
    "2, revlog 2",
    "0xd34d, changelog 2",
    "7, unknown format 0x00000007",
    "0x00040001, unknown flags 0x00040000"
  })
  void unreadFormatsAreNamed(String header, String named) {
    RevlogWriter writer = history(RevlogWriter.split()).header(Integer.decode(header));
    assertFault(Kind.UNSUPPORTED, () -> open(writer), "00.i cannot be read", named);
  }

  static Stream<Arguments> entriesThatCannotBe() {
    return Stream.of(
        Arguments.of("first parent", change(entry -> entry.withParents(2, -1))),
        Arguments.of("first parent", change(entry -> entry.withParents(-2, -1))),
        Arguments.of("second parent", change(entry -> entry.withParents(0, Integer.MAX_VALUE))),
        Arguments.of("base of its delta", change(entry -> entry.withBase(3))),
        Arguments.of("base of its delta", change(entry -> entry.withBase(-1))),
        Arguments.of("linked to the changeset", change(entry -> entry.withLink(-1))),
        Arguments.of("length is negative", change(entry -> entry.withTextLength(-5))),
        Arguments.of("length is negative", change(entry -> entry.withChunk(9, -9))));
  }

  private static UnaryOperator<RevlogEntry> change(UnaryOperator<RevlogEntry> change) {
    return change;
  }

  @ParameterizedTest
  @MethodSource("entriesThatCannotBe")
  void entryThatCannotBeIsNamed(String named, UnaryOperator<RevlogEntry> change) {
    RevlogWriter writer = history(RevlogWriter.split()).change(2, change);
    assertFault(Kind.DAMAGED, () -> open(writer), "revision 2 of the revlog", "00.i", named);
  }

  @Test
  void inlineChunkElsewhereIsNamed() {
    RevlogWriter writer = history(RevlogWriter.inline());
    writer.change(1, entry -> entry.withChunk(entry.offset() + 1, entry.storedLength()));
    assertFault(Kind.DAMAGED, () -> open(writer), "revision 1 of", "00.i", "its entry says");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 20, (1L << 48) - 1})
  void chunkBeyondTheFileIsNamed(long offset) throws IOException {
    RevlogWriter writer = history(RevlogWriter.split());
    writer.change(2, entry -> entry.withChunk(offset, entry.storedLength()));
    try (Revlog revlog = open(writer)) {
      assertFault(
          Kind.DAMAGED,
          () -> revlog.text(2),
          "revision 2 of",
          "00.i",
          "beyond the end of the file");
      assertThat(revlog.text(1)).isEqualTo(writer.text(1));
    }
  }

  @Test
  void dataThatIsCutWhileItIsOpenIsNamed() throws IOException {
    RevlogWriter writer = RevlogWriter.split();
    for (int r = 0; r < 10; r++) {
      writer.add(noise(100_000), ChunkForm.RAW);
    }
    try (Revlog revlog = open(writer)) {
      assertThat(revlog.text(0)).isEqualTo(writer.text(0));
      Path data = RevlogWriter.data(directory.resolve("00.i"));
      try (FileChannel channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
        channel.truncate(450_000);
      }
      assertThat(revlog.text(3)).isEqualTo(writer.text(3));
      assertFault(Kind.DAMAGED, () -> revlog.text(4), "revision 4 of", "beyond the end");
      assertFault(Kind.DAMAGED, () -> revlog.text(9), "revision 9 of", "beyond the end");
    }
  }

  @Test
  void missingDataFileIsNamed() throws IOException {
    Path index = history(RevlogWriter.split()).write(directory.resolve("00.i"));
    Files.delete(RevlogWriter.data(index));
    assertFault(Kind.DAMAGED, () -> Revlog.open(index, LIMITS), "00.d is missing");
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path index = history(RevlogWriter.inline()).write(directory.resolve("00.i"));
    Path link = Files.createSymbolicLink(directory.resolve("link.i"), index);
    assertFault(Kind.UNSUPPORTED, () -> Revlog.open(link, LIMITS), "link.i", "no regular file");
    Path folder = Files.createDirectory(directory.resolve("folder.i"));
    assertFault(Kind.UNSUPPORTED, () -> Revlog.open(folder, LIMITS), "no regular file");
  }

  @Test
  void dataFileThatIsLinkIsMissing() throws IOException {
    Path index = history(RevlogWriter.split()).write(directory.resolve("00.i"));
    Path data = RevlogWriter.data(index);
    Path elsewhere = Files.move(data, directory.resolve("elsewhere"));
    Files.createSymbolicLink(data, elsewhere);
    assertFault(Kind.DAMAGED, () -> Revlog.open(index, LIMITS), "00.d is missing");
  }

  @Test
  void pipeIsNotWaitedFor() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe.i");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertFault(Kind.UNSUPPORTED, () -> Revlog.open(pipe, LIMITS), "pipe.i", "no regular file");
  }

  @Test
  void unknownFlagsAreNamedWhereTheTextIsRead() throws IOException {
    RevlogWriter writer =
        history(RevlogWriter.inline()).change(1, entry -> entry.withFlags(0x1008));
    try (Revlog revlog = open(writer)) {
      assertFault(Kind.UNSUPPORTED, () -> revlog.chunk(1), "revision 1 of", "flags 0x1008");
      assertFault(Kind.UNSUPPORTED, () -> revlog.text(1), "revision 1 of", "flags 0x1008");
      assertFault(Kind.UNSUPPORTED, () -> revlog.verify(2), "revision 1 of", "flags 0x1008");
      assertThat(revlog.text(0)).isEqualTo(writer.text(0));
    }
  }

  @Test
  void wrongHashIsNamed() throws IOException {
    RevlogWriter writer =
        history(RevlogWriter.inline()).change(2, entry -> entry.withNode(new Node(1, 2, 3)));
    try (Revlog revlog = open(writer)) {
      assertThat(revlog.text(2)).isEqualTo(writer.text(2));
      assertFault(
          Kind.DAMAGED,
          () -> revlog.verify(2),
          "revision 2 of",
          "00.i",
          "instead of " + new Node(1, 2, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "79", // no compression
        "78", // cut
        "789c",
        "789c01", // cut in a block
        "789c0300000000010a", // something follows
        "78bb0000000103000000", // a dictionary
        "789c0300000000ff", // the checksum
        "28", // cut
        "28b52ffd",
        "28b52ffd2001", // cut
        "28b52ffd200101000061ff", // something follows
        "504d2a1801000000ff", // a skippable frame
        "26b52ffd2001000061" // a format of before RFC 8478
      })
  void malformedChunkIsNamed(String chunk) throws IOException {
    RevlogWriter writer = RevlogWriter.inline();
    writer.addChunk(ByteString.fromHex(chunk), ByteString.utf8("a"), -1, -1, -1, new Node(1, 2, 3));
    writer.addChunk(ByteString.fromHex(chunk), noise(1 << 20), -1, -1, -1, new Node(1, 2, 3));
    try (Revlog revlog = open(writer)) {
      assertFault(Kind.DAMAGED, () -> revlog.chunk(0), "revision 0 of", "00.i");
      assertFault(Kind.DAMAGED, () -> revlog.text(0), "revision 0 of", "00.i");
      assertFault(Kind.DAMAGED, () -> readWhole(revlog, 1), "revision 1 of", "00.i");
    }
  }

  @ParameterizedTest
  @EnumSource
  void textOfAnotherLengthIsNamed(ChunkForm form) throws IOException {
    for (int size : new int[] {1000, 1 << 20}) {
      for (int difference : new int[] {-1, 1}) {
        RevlogWriter writer = RevlogWriter.inline().add(noise(size - difference), form);
        writer.change(0, entry -> entry.withTextLength(size));
        try (Revlog revlog = open(writer)) {
          assertFault(Kind.DAMAGED, () -> revlog.chunk(0), "revision 0 of", "00.i", "bytes");
          assertFault(Kind.DAMAGED, () -> readWhole(revlog, 0), "revision 0 of", "00.i");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000001", // cut in a header
        "000000000000000100000005aa", // cut in a fragment
        "0000000000000fff00000000", // beyond the base
        "000000020000000100000000", // ends before it begins
        "00000005000000060000000000000001000000020000000000", // not in order
        "000000000000000100000000" // makes another length
      })
  void malformedDeltaIsNamed(String delta) throws IOException {
    RevlogWriter writer = RevlogWriter.split().add(ByteString.utf8("0123456789"), ChunkForm.RAW);
    writer.addChunk(
        ChunkForm.RAW.encode(ByteString.fromHex(delta)),
        ByteString.utf8("0123456789"),
        0,
        0,
        -1,
        new Node(1, 2, 3));
    try (Revlog revlog = open(writer)) {
      assertFault(Kind.DAMAGED, () -> revlog.text(1), "revision 1 of", "00.i");
    }
  }

  private static byte[] readWhole(Revlog revlog, int revision) throws IOException {
    try (InputStream text = revlog.open(revision)) {
      return text.readAllBytes();
    }
  }

  private static void assertFault(Kind kind, ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, fault -> assertThat(fault.kind()).isEqualTo(kind))
        .hasMessageContainingAll(parts);
  }

  private Revlog open(RevlogWriter writer) throws IOException {
    return Revlog.open(writer.write(directory.resolve("00.i")), LIMITS);
  }

  private static RevlogWriter history(RevlogWriter writer) {
    writer.add(ByteString.utf8("a\nb\nc\n"), ChunkForm.ZLIB);
    writer.add(ByteString.utf8("a\nb\nd\n"), ChunkForm.ZSTD, 0);
    return writer.add(ByteString.utf8("a\nb\nd\ne\n"), ChunkForm.ZLIB, 1);
  }

  private static ByteString noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return ByteString.copyOf(bytes);
  }
}
