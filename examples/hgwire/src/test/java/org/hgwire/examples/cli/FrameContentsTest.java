// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameContentsTest {
  /** {'status': 'ok'} ['a', 1] and the indefinite byte string 'b', 'c'. */
  private static final byte[] SEQUENCE =
      HexFormat.of().parseHex("a14673746174757342" + "6f6b" + "82416101" + "5f41624163ff");

  private static final List<String> VALUES =
      List.of("cbor:{b'status': b'ok'}", "cbor:[b'a', 1]", "bytes:b", "bytes:c");

  private static ContentEncoder newEncoder(String encoding) {
    return Objects.requireNonNull(ContentEncodings.named(encoding).find(encoding)).newEncoder();
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void decodesValuesThatSpanFrames(String encoding) throws Exception {
    for (int cut = 1; cut < SEQUENCE.length; cut++) {
      List<Frame> frames = new ArrayList<>(List.of(settings(encoding)));
      try (ContentEncoder encoder = newEncoder(encoding)) {
        frames.add(response(0, encode(encoder, Arrays.copyOf(SEQUENCE, cut))));
        byte[] rest = Arrays.copyOfRange(SEQUENCE, cut, SEQUENCE.length);
        frames.add(response(FrameType.EOS, encode(encoder, rest)));
        frames.add(response(FrameType.EOS, encode(encoder, new byte[] {1, 2})));
      }
      List<String> expected = new ArrayList<>(VALUES);
      expected.addAll(List.of("cbor:1", "cbor:2"));
      assertThat(print(frames)).as("cut at " + cut).isEqualTo(expected);
    }
  }

  @Test
  void aStreamThatBeginsAgainHasNoState() throws Exception {
    Frame plain = FrameNotation.parse("1 2 stream-begin|encoded command-response eos \\x01\\x02");
    assertThat(print(List.of(settings("zlib"), plain))).containsExactly("cbor:1", "cbor:2");
  }

  @Test
  void aSequenceInAPlainFrameIsShown() {
    assertThat(
            print(List.of(FrameNotation.parse("1 2 stream-begin command-response eos \\x01\\x02"))))
        .containsExactly("cbor:1", "cbor:2");
    assertThat(print(List.of(FrameNotation.parse("1 2 stream-begin command-response eos cbor:1"))))
        .isEmpty();
  }

  @Test
  void whatCannotBeDecodedIsSaid() throws Exception {
    Frame damaged = response(0, new byte[] {0, 0, 0});
    assertThat(print(List.of(settings("zlib"), damaged, damaged)))
        .hasSize(2)
        .allMatch(line -> line.startsWith("error: encoding-corrupt: "));
    assertThat(print(List.of(settings("lzma"), damaged)))
        .hasSize(2)
        .allMatch(
            line ->
                line.equals(
                    "error: encoding-unknown: the content encoding lzma cannot be" + " decoded"));
  }

  @Test
  void framesOfACaptureAreDecodedInComments() throws Exception {
    ByteArrayOutputStream capture = new ByteArrayOutputStream();
    try (ContentEncoder encoder = newEncoder("zlib")) {
      for (Frame frame :
          List.of(settings("zlib"), response(FrameType.EOS, encode(encoder, SEQUENCE)))) {
        ByteBuffer bytes = frame.encode();
        capture.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      }
    }
    CommandLineRun run = CommandLineRun.withInput(capture.toByteArray(), "frames", "--decode");
    assertThat(run.out().lines().filter(line -> line.startsWith("#")))
        .containsExactlyElementsOf(VALUES.stream().map(line -> "#   " + line).toList());
    assertThat(
            CommandLineRun.withInput(run.bytes().toByteArray(), "frames", "--encode")
                .bytes()
                .toByteArray())
        .isEqualTo(capture.toByteArray());
  }

  private static List<String> print(List<Frame> frames) {
    List<String> lines = new ArrayList<>();
    try (FrameContents contents = new FrameContents(WireLimits.defaults())) {
      frames.forEach(frame -> contents.print(frame, lines::add));
    }
    return lines;
  }

  private static Frame settings(String encoding) {
    return FrameNotation.parse("1 2 stream-begin stream-settings eos cbor:b'" + encoding + "'");
  }

  private static Frame response(int flags, byte[] payload) {
    return new Frame(
        new FrameHeader(
            payload.length, 1, 2, StreamFlags.ENCODED, FrameType.COMMAND_RESPONSE.code(), flags),
        ByteBuffer.wrap(payload));
  }

  private static byte[] encode(ContentEncoder encoder, byte[] bytes) {
    ByteBuffer output = ByteBuffer.allocate(1000);
    encoder.encode(ByteBuffer.wrap(bytes), output);
    assertThat(encoder.flush(output)).isTrue();
    return Arrays.copyOf(output.array(), output.position());
  }
}
