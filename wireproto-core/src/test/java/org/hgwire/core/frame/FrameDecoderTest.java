// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.testing.Chunking;
import org.hgwire.testing.ChunkingArbitraries;
import org.hgwire.testing.FrameArbitraries;
import org.hgwire.testing.FrameBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final WireLimits LIMITS = WireLimits.defaults();
  private static final WireLimits LARGE = LIMITS.with(WireLimit.MAX_FRAME_PAYLOAD, 0xff_ffff);

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static Frame copy(Frame frame) {
    ByteBuffer payload = ByteBuffer.allocate(frame.payload().remaining());
    return new Frame(frame.header(), payload.put(frame.payload()).flip());
  }

  /** Feeds the pieces; returns copies of the frames, then the fault if there is one. */
  private static List<Object> outcome(List<ByteBuffer> pieces, WireLimits limits) {
    FrameDecoder decoder = new FrameDecoder(limits);
    FrameAssembler frames = new FrameAssembler(decoder);
    List<Object> outcome = new ArrayList<>();
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
          outcome.add(copy(frame));
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      outcome.add(fault.code() + ": " + fault.getMessage());
    }
    return outcome;
  }

  private static Frame only(String hex) {
    List<Object> outcome = outcome(List.of(hex(hex)), LIMITS);
    assertThat(outcome).hasSize(1);
    return (Frame) outcome.get(0);
  }

  private static byte[] frameOf(int length) {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES + length);
    new FrameHeader(length, 1, 1, 0, 3, 1).write(bytes);
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  @Test
  void frameInOneInputIsASlice() {
    byte[] bytes = HexFormat.of().parseHex("0300000100010032616263");
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.feed(ByteBuffer.wrap(bytes));
    FramePiece frame = decoder.poll();
    assertThat(frame).isNotNull();
    assertThat(frame.isFirst() && frame.isLast()).isTrue();
    bytes[8] = 'A';
    assertThat(frame.payload()).isEqualTo(ByteBuffer.wrap("Abc".getBytes(US_ASCII)));
    assertThat(frame.payload().isReadOnly()).isTrue();
  }

  @Test
  void frameThatSpansInputsComesInSlicesOfThem() {
    byte[] first = HexFormat.of().parseHex("03000000010001");
    byte[] second = HexFormat.of().parseHex("326162");
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.feed(ByteBuffer.wrap(first));
    assertThat(decoder.poll()).isNull();
    decoder.feed(ByteBuffer.wrap(second));
    FramePiece piece = decoder.poll();
    assertThat(piece).isNotNull();
    second[1] = 'A';
    assertThat(piece.payload()).isEqualTo(ByteBuffer.wrap("Ab".getBytes(US_ASCII)));
    assertThat(piece.payload().isReadOnly()).isTrue();
    assertThat(piece.isFirst()).isTrue();
    assertThat(piece.isLast()).isFalse();
    assertThat(decoder.poll()).isNull();
    decoder.feed(hex("63 00"));
    FramePiece last = Objects.requireNonNull(decoder.poll());
    assertThat(last)
        .isEqualTo(new FramePiece(piece.header(), 2, ByteBuffer.wrap("c".getBytes(US_ASCII))));
    assertThat(last.isFirst()).isFalse();
    assertThat(last.isLast()).isTrue();
    assertThat(decoder.poll()).isNull();
  }

  @Test
  void assemblerCopiesTheFrameThatSpansInputs() {
    byte[] first = HexFormat.of().parseHex("03000000010001326162");
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    FrameAssembler frames = new FrameAssembler(decoder);
    decoder.feed(ByteBuffer.wrap(first));
    assertThat(frames.poll()).isNull();
    first[8] = 'X';
    decoder.feed(hex("63"));
    Frame frame = frames.poll();
    assertThat(frame).isNotNull();
    assertThat(frame.payload()).isEqualTo(ByteBuffer.wrap("abc".getBytes(US_ASCII)));
    assertThat(frame.payload().isReadOnly()).isTrue();
  }

  @Test
  void piecesOfAFrameAllocateNoPayload() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] bytes = frameOf(32 << 10);
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    long before = 0;
    for (int i = 0; i < 200; i++) {
      if (i == 100) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      for (int at = 0; at < bytes.length; at += 16 << 10) {
        decoder.feed(ByteBuffer.wrap(bytes, at, Math.min(16 << 10, bytes.length - at)));
        while (decoder.poll() != null) {
          assertThat(decoder).isNotNull();
        }
      }
    }
    assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 100).isLessThan(8 << 10);
  }

  @Test
  void feedKeepsThePosition() {
    ByteBuffer input = hex("ffff 0000000100010032").position(2);
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.feed(input);
    assertThat(decoder.poll()).isNotNull();
    assertThat(input.position()).isEqualTo(2);
  }

  @Test
  void frameWithoutPayloadIsCompleteWithItsHeader() {
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.feed(hex("00000001 00"));
    assertThat(decoder.poll()).isNull();
    decoder.feed(hex("010032"));
    FramePiece piece = Objects.requireNonNull(decoder.poll());
    assertThat(piece)
        .isEqualTo(new FramePiece(new FrameHeader(0, 1, 1, 0, 3, 2), 0, ByteBuffer.allocate(0)));
    assertThat(piece.isFirst() && piece.isLast()).isTrue();
    assertThat(decoder.poll()).isNull();
    decoder.endOfInput();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/org/hgwire/core/vectors/frames.vectors",
      delimiter = '!',
      quoteCharacter = '`')
  void decodesTheVectors(
      String id,
      String title,
      String bytes,
      @Nullable String notation,
      @Nullable WireErrorCode code,
      @Nullable String limit) {
    WireLimits limits =
        limit == null
            ? LIMITS
            : LIMITS.with(
                WireLimit.MAX_FRAME_PAYLOAD,
                Long.parseLong(limit.substring("max-frame-payload=".length())));
    List<Object> expected = new ArrayList<>();
    for (String line : notation == null ? new String[0] : notation.split("; ", -1)) {
      expected.add(FrameNotation.parse(line));
    }
    List<Object> outcome = outcome(List.of(hex(bytes)), limits);
    if (code != null) {
      assertThat(outcome.remove(outcome.size() - 1).toString()).startsWith(code + ": ");
    }
    assertThat(outcome).as(title).isEqualTo(expected);
  }

  @Test
  void undefinedTypesAreDecoded() {
    for (int code = 0; code < 16; code++) {
      assertThat(only("000000 0100 01 00 " + HexFormat.of().toHexDigits((byte) (code << 4))))
          .isEqualTo(new Frame(new FrameHeader(0, 1, 1, 0, code, 0), ByteBuffer.allocate(0)));
    }
  }

  /** Mercurial multiplies the third byte by 16384; it must be 65536. */
  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537, 81_920, 131_071, 131_072, 1_114_112, 0xff_ffff})
  void thirdByteOfTheLengthCounts65536(int length) {
    byte[] bytes = frameOf(length);
    List<Object> outcome = outcome(List.of(ByteBuffer.wrap(bytes)), LARGE);
    assertThat(outcome)
        .containsExactly(
            new Frame(new FrameHeader(length, 1, 1, 0, 3, 1), ByteBuffer.wrap(bytes, 8, length)));
    assertThat(bytes[2]).isEqualTo((byte) (length / 65_536));
  }

  @Test
  void oversizedPayloadIsRefusedAtTheHeader() {
    assertThat(outcome(List.of(ByteBuffer.wrap(frameOf(65_535))), LIMITS))
        .hasSize(1)
        .first()
        .isInstanceOf(Frame.class);
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.feed(hex("000001 0100 01 00 31"));
    WireProtocolException fault = catchThrowableOfType(WireProtocolException.class, decoder::poll);
    assertThat(fault.code()).isEqualTo(WireErrorCode.LIMIT);
    assertThat(fault.scope()).isEqualTo(ErrorScope.CONNECTION);
    assertThat(fault.origin()).isEqualTo(ErrorOrigin.LOCAL);
    assertThat(fault)
        .hasMessage(
            "the frame header before byte 8 declares 65536 bytes of payload; at most 65535 are"
                + " allowed");
  }

  @Test
  void declaredLengthAllocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      FrameDecoder decoder = new FrameDecoder(LARGE);
      FrameAssembler frames = new FrameAssembler(decoder);
      decoder.feed(hex("ffffff 0100 01 00 31 00"));
      assertThat(frames.poll()).isNull();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(4 << 20);
  }

  @Test
  void framesBeforeAFaultAreDelivered() {
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.feed(hex("010000 0100 01 00 31 78  ffffff 0100 01 00 31  000000 0100 01 00 31"));
    assertThat(decoder.poll()).isNotNull();
    WireProtocolException fault = catchThrowableOfType(WireProtocolException.class, decoder::poll);
    assertThat(fault).hasMessageContaining("before byte 17 declares 16777215 bytes");
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(decoder::poll)
        .isSameAs(fault);
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(decoder::endOfInput)
        .isSameAs(fault);
    assertThatIllegalStateException()
        .isThrownBy(() -> decoder.feed(hex("00")))
        .withMessage("the decoder has failed")
        .withCause(fault);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void endOfInputInAFrameIsTruncation(int length) {
    byte[] frame = HexFormat.of().parseHex("0300000100010032616263");
    String message =
        length < 8
            ? "the input ended at byte "
                + length
                + ", after "
                + length
                + " of the 8 bytes of a frame header"
            : "the input ended at byte "
                + length
                + ", after "
                + (length - 8)
                + " of the 3 bytes of a frame's payload";
    assertThat(outcome(List.of(ByteBuffer.wrap(frame, 0, length)), LIMITS))
        .containsExactly("TRUNCATED: " + message);
  }

  @Test
  void inputMayEndBetweenFrames() {
    assertThat(outcome(List.of(), LIMITS)).isEmpty();
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.endOfInput();
    decoder.endOfInput();
    assertThat(decoder.poll()).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> decoder.feed(hex("00")))
        .withMessage("the input was ended");
  }

  @Test
  void feedAndEndRefuseWhileInputIsLeft() {
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    decoder.feed(hex("000000 0100 01 00 31"));
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(hex("00")));
    assertThatIllegalStateException().isThrownBy(decoder::endOfInput);
    assertThat(decoder.poll()).isNotNull();
    assertThat(decoder.poll()).isNull();
    decoder.endOfInput();
  }

  @Test
  void byteByByteGivesTheSameFrames() {
    byte[] bytes = frameOf(70_000);
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      pieces.add(ByteBuffer.wrap(bytes, i, 1));
    }
    assertThat(outcome(pieces, LARGE)).isEqualTo(outcome(List.of(ByteBuffer.wrap(bytes)), LARGE));
  }

  @Provide
  Arbitrary<List<Frame>> frames() {
    return FrameArbitraries.frames(60).list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<Chunking> chunkings() {
    return ChunkingArbitraries.chunkings();
  }

  @Property
  void anyChunkingGivesIdenticalFrames(
      @ForAll("frames") List<Frame> frames, @ForAll("chunkings") Chunking chunking) {
    ByteString bytes = FrameBytes.of(frames).bytes();
    assertThat(outcome(chunking.cut(bytes), LIMITS)).isEqualTo(new ArrayList<Object>(frames));
  }

  @Property
  void piecesAreThePayloadWithoutGap(
      @ForAll("frames") List<Frame> frames, @ForAll("chunkings") Chunking chunking) {
    FrameDecoder decoder = new FrameDecoder(LIMITS);
    int begun = 0;
    int next = 0;
    for (ByteBuffer input : chunking.cut(FrameBytes.of(frames).bytes())) {
      decoder.feed(input);
      for (FramePiece piece = decoder.poll(); piece != null; piece = decoder.poll()) {
        assertThat(piece.isFirst()).isEqualTo(next == 0);
        begun += piece.isFirst() ? 1 : 0;
        assertThat(piece.offset()).isEqualTo(next);
        Frame frame = frames.get(begun - 1);
        assertThat(piece.header()).isEqualTo(frame.header());
        assertThat(piece.payload())
            .isEqualTo(frame.payload().slice(next, piece.payload().remaining()));
        next = piece.isLast() ? 0 : next + piece.payload().remaining();
      }
    }
    assertThat(begun).isEqualTo(frames.size());
  }

  /** The second byte of lengths is small, so that there are frames and not only LIMIT faults. */
  @Property
  void anyBytesGiveFramesOrATypedErrorInAnyChunking(
      @ForAll byte[] bytes, @ForAll("chunkings") Chunking chunking) {
    WireLimits limits = LIMITS.with(WireLimit.MAX_FRAME_PAYLOAD, 64);
    List<Object> whole = outcome(List.of(ByteBuffer.wrap(bytes)), limits);
    assertThat(outcome(chunking.cut(bytes), limits)).isEqualTo(whole);
    int frames = 0;
    @Nullable Object last = null;
    for (Object item : whole) {
      last = item;
      if (item instanceof Frame frame) {
        frames += FrameHeader.BYTES + frame.header().payloadLength();
      }
    }
    assertThat(frames).isLessThanOrEqualTo(bytes.length);
    assertThat(last instanceof String).isEqualTo(frames != bytes.length);
  }
}
