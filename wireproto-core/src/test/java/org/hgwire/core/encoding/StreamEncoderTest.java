// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.hgwire.core.ByteBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamEncoderTest {
  private static byte[] sample(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i < length / 2 ? random.nextInt(4) : random.nextInt());
    }
    return bytes;
  }

  private static byte[] decode(ContentEncoding encoding, byte[] encoded) throws IOException {
    InputStream input = new ByteArrayInputStream(encoded);
    try (InputStream plain =
        encoding.name().equals(ZlibEncoding.NAME)
            ? new InflaterInputStream(input)
            : new ZstdInputStream(input)) {
      byte[] all = plain.readAllBytes();
      assertThat(input.read()).as("bytes after the stream").isEqualTo(-1);
      return all;
    }
  }

  /** Encodes in pieces, and lets the encoder go when {@code released} bytes were passed to it. */
  private static byte[] encode(
      StreamEncoder encoder, byte[] bytes, int piece, int room, int released) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ByteBuffer output = ByteBuffer.allocate(room);
    for (int at = 0; at < bytes.length; at += piece) {
      if (at >= released && released >= 0) {
        encoder.release();
      }
      ByteBuffer input = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      while (input.hasRemaining()) {
        encoder.encode(input, output.clear());
        encoded.write(output.array(), 0, output.position());
      }
    }
    boolean finished = false;
    while (!finished) {
      finished = encoder.finish(output.clear());
      encoded.write(output.array(), 0, output.position());
    }
    return encoded.toByteArray();
  }

  static Stream<Arguments> shapes() {
    return Stream.of(new ZlibEncoding(), new Zstd8mbEncoding())
        .flatMap(
            encoding ->
                Stream.of(0, 1, 10_000, 300_000)
                    .flatMap(
                        length ->
                            Stream.of(1_000, 70_000)
                                .map(piece -> Arguments.of(encoding, length, piece))));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void streamIsComplete(ContentEncoding encoding, int length, int piece) throws IOException {
    byte[] bytes = sample(length);
    for (int room : new int[] {17, 100, 32 * 1024}) {
      for (int released : new int[] {-1, 0, 1, length / 2}) {
        EncoderPool pool = EncoderPool.within(new ByteBudget(encoding.encoderBytes()));
        try (StreamEncoder encoder = Objects.requireNonNull(StreamEncoder.open(encoding, pool))) {
          byte[] encoded = encode(encoder, bytes, piece, room, released);

          assertThat(decode(encoding, encoded)).isEqualTo(bytes);
          assertThat(pool.taken()).isZero();
        }
      }
      try (StreamEncoder storing = StreamEncoder.storing(encoding)) {
        assertThat(decode(encoding, encode(storing, bytes, piece, room, -1))).isEqualTo(bytes);
      }
    }
  }

  @Test
  void encoderNeedsMemoryAndGivesItBack() {
    ContentEncoding encoding = new ZlibEncoding();
    EncoderPool pool = EncoderPool.within(new ByteBudget(encoding.encoderBytes()));
    StreamEncoder first = Objects.requireNonNull(StreamEncoder.open(encoding, pool));

    assertThat(StreamEncoder.open(encoding, pool)).isNull();
    first.close();
    first.close();
    assertThat(pool.taken()).isZero();
    assertThatThrownBy(() -> first.finish(ByteBuffer.allocate(100)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void identityHasNoStreams() {
    assertThat(StreamEncoder.supports(new IdentityEncoding())).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamEncoder.storing(new IdentityEncoding()));
  }
}
