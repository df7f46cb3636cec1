// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.testing.Chunking;
import org.hgwire.testing.ChunkingArbitraries;
import org.hgwire.testing.FrameArbitraries;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every content encoding. */
class ContentEncodingTest {
  private static final WireLimits LIMITS = WireLimits.defaults();

  static List<ContentEncoding> encodings() {
    return List.of(
        new IdentityEncoding(),
        new ZlibEncoding(),
        new ZlibEncoding(0),
        new Zstd8mbEncoding(),
        new Zstd8mbEncoding(19));
  }

  @Provide
  Arbitrary<ContentEncoding> encoding() {
    return Arbitraries.of(
        new IdentityEncoding(), new ZlibEncoding(), new ZlibEncoding(9), new Zstd8mbEncoding(1));
  }

  /** No bytes, noise, and data that compresses well. */
  @Provide
  Arbitrary<List<byte[]>> inputs() {
    Arbitrary<byte[]> noise = FrameArbitraries.payloads(300);
    Arbitrary<byte[]> even =
        Arbitraries.integers()
            .between(0, 5_000)
            .map(
                length -> {
                  byte[] bytes = new byte[length];
                  for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) (i % 7);
                  }
                  return bytes;
                });
    return Arbitraries.oneOf(noise, even).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Chunking> chunkings() {
    return ChunkingArbitraries.chunkings();
  }

  /** Bounded by a fixed number of calls, so that a flush that never ends fails. */
  private static byte[] encode(ContentEncoder encoder, List<ByteBuffer> inputs, int room) {
    Bytes encoded = new Bytes();
    for (ByteBuffer input : inputs) {
      while (input.hasRemaining()) {
        ByteBuffer output = ByteBuffer.allocate(room);
        encoder.encode(input, output);
        assertThat(input.hasRemaining() && output.hasRemaining()).isFalse();
        encoded.append(output.flip());
      }
    }
    boolean done = false;
    for (int calls = 0; !done; calls++) {
      assertThat(calls).isLessThan(100_000);
      ByteBuffer output = ByteBuffer.allocateDirect(room);
      done = encoder.flush(output);
      encoded.append(output.flip());
    }
    return encoded.toByteArray();
  }

  private static byte[] decode(ContentDecoder decoder, List<ByteBuffer> pieces, int maxSlice) {
    Bytes decoded = new Bytes();
    for (ByteBuffer piece : pieces) {
      int position = piece.position();
      decoder.feed(piece);
      for (ByteBuffer slice = decoder.poll(); slice != null; slice = decoder.poll()) {
        assertThat(slice.remaining()).isBetween(1, maxSlice);
        assertThat(slice.isReadOnly()).isTrue();
        decoded.append(slice);
      }
      assertThat(piece.position()).isEqualTo(position);
    }
    return decoded.toByteArray();
  }

  @Property(tries = 400)
  void eachFlushGivesTheDecoderAllTheInputSoFarInAnyChunking(
      @ForAll("encoding") ContentEncoding encoding,
      @ForAll("inputs") List<byte[]> inputs,
      @ForAll("chunkings") Chunking inputChunking,
      @ForAll("chunkings") Chunking encodedChunking,
      @ForAll @IntRange(min = 1, max = 200) int room,
      @ForAll @IntRange(min = 1, max = 300) int maxSlice) {
    WireLimits limits = LIMITS.with(WireLimit.MAX_DECODED_SLICE, maxSlice);
    try (ContentEncoder encoder = encoding.newEncoder();
        ContentDecoder decoder = encoding.newDecoder(limits)) {
      for (byte[] input : inputs) {
        byte[] encoded = encode(encoder, inputChunking.cut(input), room);
        List<ByteBuffer> pieces = encodedChunking.cut(encoded);
        assertThat(decode(decoder, pieces, maxSlice)).isEqualTo(input);
      }
    }
  }

  @Property(tries = 200)
  void restartedEncoderWritesWhatANewOneWrites(
      @ForAll("encoding") ContentEncoding encoding,
      @ForAll("inputs") List<byte[]> before,
      @ForAll("inputs") List<byte[]> inputs,
      @ForAll @IntRange(min = 0, max = 20) int flushed) {
    try (ContentEncoder restarted = encoding.newEncoder();
        ContentEncoder made = encoding.newEncoder()) {
      for (byte[] input : before) {
        restarted.encode(ByteBuffer.wrap(input), ByteBuffer.allocate(1 << 16));
      }
      restarted.flush(ByteBuffer.allocate(flushed));
      if (restarted.restart()) {
        for (byte[] input : inputs) {
          assertThat(encode(restarted, List.of(ByteBuffer.wrap(input)), 1 << 16))
              .isEqualTo(encode(made, List.of(ByteBuffer.wrap(input)), 1 << 16));
        }
      } else {
        assertThat(encoding.name()).isEqualTo("identity");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void largeInputRoundTrips(ContentEncoding encoding) {
    byte[] input = new byte[3_000_000];
    Random random = new Random(1);
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (random.nextInt(1 + i % 97) + i / 1000);
    }
    try (ContentEncoder encoder = encoding.newEncoder();
        ContentDecoder decoder = encoding.newDecoder(LIMITS)) {
      ByteBuffer readOnly = ByteBuffer.wrap(input).asReadOnlyBuffer();
      byte[] encoded = encode(encoder, List.of(readOnly), 32_768);
      ByteBuffer whole = ByteBuffer.wrap(encoded).asReadOnlyBuffer();
      assertThat(decode(decoder, List.of(whole), LIMITS.intOf(WireLimit.MAX_DECODED_SLICE)))
          .isEqualTo(input);
    }
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void flushWithoutInputWritesNothing(ContentEncoding encoding) {
    try (ContentEncoder encoder = encoding.newEncoder()) {
      assertThat(encode(encoder, List.of(), 100)).isEmpty();
      assertThat(encode(encoder, List.of(ByteBuffer.wrap(new byte[9])), 100)).isNotEmpty();
      assertThat(encode(encoder, List.of(), 100)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void decodedBytesThatFillASliceAreAllReturned(ContentEncoding encoding) {
    WireLimits limits = LIMITS.with(WireLimit.MAX_DECODED_SLICE, 1_000);
    for (int length = 999; length <= 3_001; length += length % 1000 == 1 ? 998 : 1) {
      try (ContentEncoder encoder = encoding.newEncoder();
          ContentDecoder decoder = encoding.newDecoder(limits)) {
        for (int flushes = 0; flushes < 3; flushes++) {
          byte[] encoded = encode(encoder, List.of(ByteBuffer.wrap(new byte[length])), 100);
          assertThat(decode(decoder, List.of(ByteBuffer.wrap(encoded)), 1_000)).hasSize(length);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void refusesCallsInTheWrongOrder(ContentEncoding encoding) {
    ByteBuffer output = ByteBuffer.allocate(100);
    ContentEncoder encoder = encoding.newEncoder();
    encoder.encode(ByteBuffer.wrap(new byte[10]), output);
    assertThat(encoder.flush(output)).isTrue();
    encoder.close();
    assertThatCode(encoder::close).doesNotThrowAnyException();
    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.encode(ByteBuffer.allocate(1), ByteBuffer.allocate(1)));
    assertThatIllegalStateException().isThrownBy(() -> encoder.flush(ByteBuffer.allocate(1)));

    ContentDecoder decoder = encoding.newDecoder(LIMITS);
    decoder.feed(output.flip());
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(1)));
    decoder.close();
    assertThatCode(decoder::close).doesNotThrowAnyException();
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(1)));
    assertThatIllegalStateException().isThrownBy(decoder::poll);
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void feedRefusesWhileOutputIsLeft(ContentEncoding encoding) {
    WireLimits limits = LIMITS.with(WireLimit.MAX_DECODED_SLICE, 10);
    try (ContentEncoder encoder = encoding.newEncoder();
        ContentDecoder decoder = encoding.newDecoder(limits)) {
      byte[] encoded = encode(encoder, List.of(ByteBuffer.wrap(new byte[25])), 100);
      decoder.feed(ByteBuffer.wrap(encoded));
      assertThat(decoder.poll()).isEqualTo(ByteBuffer.allocate(10));
      assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(1)));
      assertThat(decoder.poll()).isEqualTo(ByteBuffer.allocate(10));
      assertThat(decoder.poll()).isEqualTo(ByteBuffer.allocate(5));
      assertThat(decoder.poll()).isNull();
      assertThat(decoder.poll()).isNull();
    }
  }

  /**
   * Truncated at any byte: a prefix and no fault. One byte changed: a prefix, other bytes, or a
   * fault.
   */
  @ParameterizedTest
  @MethodSource("encodings")
  void damagedDataGivesAPrefixOrATypedFault(ContentEncoding encoding) {
    byte[] input =
        "a changeset, a manifest, a file, a changeset, a manifest"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] encoded;
    try (ContentEncoder encoder = encoding.newEncoder()) {
      encoded = encode(encoder, List.of(ByteBuffer.wrap(input)), 100);
    }
    for (int length = 0; length < encoded.length; length++) {
      try (ContentDecoder decoder = encoding.newDecoder(LIMITS)) {
        byte[] decoded =
            decode(decoder, List.of(ByteBuffer.wrap(encoded, 0, length)), Integer.MAX_VALUE);
        assertThat(decoded).isEqualTo(Arrays.copyOf(input, decoded.length));
      }
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = encoded.clone();
        damaged[length] ^= (byte) (1 << bit);
        decodeAnything(encoding, List.of(ByteBuffer.wrap(damaged), ByteBuffer.wrap(encoded)));
      }
    }
  }

  @Property(tries = 500)
  void anyBytesGiveBytesOrATypedError(
      @ForAll("encoding") ContentEncoding encoding,
      @ForAll byte[] bytes,
      @ForAll("chunkings") Chunking chunking,
      @ForAll boolean soundBeginning) {
    List<ByteBuffer> pieces = new ArrayList<>();
    if (soundBeginning) {
      try (ContentEncoder encoder = encoding.newEncoder()) {
        pieces.add(ByteBuffer.wrap(encode(encoder, List.of(ByteBuffer.allocate(20)), 100)));
      }
    }
    pieces.addAll(chunking.cut(bytes));
    decodeAnything(encoding, pieces);
  }

  /** Decodes; a fault must be typed and be thrown again by every later call. */
  private static void decodeAnything(ContentEncoding encoding, List<ByteBuffer> pieces) {
    try (ContentDecoder decoder = encoding.newDecoder(LIMITS)) {
      try {
        decode(decoder, pieces, LIMITS.intOf(WireLimit.MAX_DECODED_SLICE));
      } catch (WireProtocolException fault) {
        assertThat(fault.code()).isIn(WireErrorCode.ENCODING_CORRUPT, WireErrorCode.LIMIT);
        assertThatCode(decoder::poll).isSameAs(fault);
        assertThatCode(() -> decoder.feed(ByteBuffer.allocate(1))).isSameAs(fault);
      }
    }
  }
}
