// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.testing.FrameArbitraries;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameNotationTest {
  private static String hex(Frame frame) {
    byte[] bytes = new byte[frame.encode().remaining()];
    frame.encode().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Frame frame(String hex) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    return new Frame(FrameHeader.read(bytes), bytes);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/org/hgwire/core/vectors/frames.vectors",
      delimiter = '!',
      quoteCharacter = '`')
  void printsAndParsesTheVectors(
      String id,
      String title,
      String bytes,
      @Nullable String notation,
      @Nullable String code,
      @Nullable String limits) {
    StringBuilder parsed = new StringBuilder();
    ByteBuffer rest = ByteBuffer.wrap(HexFormat.of().parseHex(bytes.replace(" ", "")));
    for (String line : notation == null ? new String[0] : notation.split("; ", -1)) {
      Frame frame = FrameNotation.parse(line);
      parsed.append(hex(frame));
      FrameHeader header = FrameHeader.read(rest);
      ByteBuffer payload = rest.slice(rest.position(), header.payloadLength());
      rest.position(rest.position() + header.payloadLength());
      assertThat(FrameNotation.print(new Frame(header, payload))).as(title).isEqualTo(line);
    }
    assertThat(bytes.replace(" ", "")).startsWith(parsed);
    assertThat(rest.hasRemaining()).as(title).isEqualTo(code != null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a\\\\b~615c62",
        "\\'\\\"~2722",
        "\\a\\b\\f\\n\\r\\t\\v~07080c0a0d090b",
        "\\0\\12\\101\\1018~000a414138",
        "\\400\\777~00ff",
        "\\x0A\\xfF~0aff",
        "\\q\\ ~5c715c20",
        "\\8\\/~5c385c2f",
        "\u00e9\u20ac~c3a9e282ac",
        "  x~202078",
      })
  void payloadsAcceptPythonEscapes(String payload, String hex) {
    assertThat(HexFormat.of().formatHex(Escapes.parse(payload))).isEqualTo(hex);
    Frame frame = FrameNotation.parse("1 1 0 command-data eos " + payload);
    assertThat(hex(frame).substring(16)).isEqualTo(hex);
  }

  @Test
  void acceptsNumbersInPlaceOfNames() {
    assertThat(FrameNotation.parse("1 1 1 1 1 cbor:{b'name': b'heads'}"))
        .isEqualTo(
            FrameNotation.parse("1 1 stream-begin command-request new cbor:{b'name': b'heads'}"));
    assertThat(FrameNotation.parse("1 1 1|encoded 3 continuation|2 "))
        .isEqualTo(frame("000000 0100 01 05 33"));
    assertThat(FrameNotation.parse("1 1 0 15 15 x")).isEqualTo(frame("010000 0100 01 00 ff 78"));
  }

  @Test
  void missingPayloadIsEmpty() {
    assertThat(FrameNotation.parse("1 1 0 command-data eos"))
        .isEqualTo(FrameNotation.parse("1 1 0 command-data eos "))
        .isEqualTo(frame("000000 0100 01 00 22"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 1 0 command-data",
        "x 1 0 command-data eos a",
        "-1 1 0 command-data eos a",
        "1  1 0 command-data eos a",
        "65536 1 0 command-data eos a",
        "9999999999 1 0 command-data eos a",
        "1 256 0 command-data eos a",
        "1 1 256 command-data eos a",
        "1 1 0x1 command-data eos a",
        "1 1 begin command-data eos a",
        "1 1 stream-begin| command-data eos a",
        "1 1 0 command-date eos a",
        "1 1 0 16 0 a",
        "1 1 0 command-data new a",
        "1 1 0 command-data 16 a",
        "1 1 0 4 eos a",
        "1 1 0 progress eos a",
        "1 1 0 command-data eos \\",
        "1 1 0 command-data eos \\x",
        "1 1 0 command-data eos \\x1",
        "1 1 0 command-data eos \\xg0",
        "1 1 0 command-data eos \ud800",
        "1 1 0 command-data eos cbor:",
        "1 1 0 \u001b[31m\u0000 eos a",
      })
  void refusesAnythingElseInOnePrintableLine(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameNotation.parse(line))
        .satisfies(fault -> assertThat(fault.getMessage()).matches("[ -~]+"));
  }

  @Provide
  Arbitrary<Frame> frames() {
    return Arbitraries.oneOf(
        FrameArbitraries.frames(50),
        FrameArbitraries.legalFrames(3),
        FrameArbitraries.cborFrames());
  }

  @Property
  void printedFramesRoundTrip(@ForAll("frames") Frame frame) {
    String line = FrameNotation.print(frame);
    assertThat(line).matches("[ -~]+");
    assertThat(FrameNotation.parse(line)).isEqualTo(frame);
  }

  @Property
  void frameWithOneWholeValueIsPrintedAsAValue(@ForAll("cborFrames") Frame frame) {
    boolean encoded = frame.header().hasStreamFlag(StreamFlags.ENCODED);
    assertThat(FrameNotation.print(frame).contains(" cbor:")).isEqualTo(!encoded);
  }

  @Provide
  Arbitrary<Frame> cborFrames() {
    return FrameArbitraries.cborFrames();
  }

  @Property
  void anyLineGivesAFrameOrAnIllegalArgument(
      @ForAll("beginnings") String beginning, @ForAll("payloads") String payload) {
    try {
      Frame frame = FrameNotation.parse(beginning + payload);
      assertThat(FrameNotation.parse(FrameNotation.print(frame))).isEqualTo(frame);
    } catch (IllegalArgumentException fault) {
      assertThat(fault.getMessage()).matches("[ -~]+");
    }
  }

  @Provide
  Arbitrary<String> beginnings() {
    return Arbitraries.of(
        "1 1 0 command-data eos ",
        "1 1 0 command-data eos cbor:",
        "1 1 0 ",
        "1 1 ",
        "",
        "1 1 0 3 ");
  }

  @Provide
  Arbitrary<String> payloads() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("b'\"\\[]{}():,x01-TrueNosetF \t|").ofMaxLength(20),
        Arbitraries.strings().ofMaxLength(20));
  }

  @Test
  void payloadsArePrintedAlone() {
    assertThat(FrameNotation.printPayload(ByteBuffer.wrap(new byte[] {0x41, 'a'})))
        .isEqualTo("cbor:b'a'");
    assertThat(FrameNotation.printPayload(ByteBuffer.wrap(new byte[] {'~', ' ', 'a', '\n', ' '})))
        .isEqualTo("~ a\\n\\x20");
  }

  @Test
  void octalEscapesHaveUpToThreeDigits() {
    assertThat(FrameNotation.parse("1 1 0 command-data eos \\0011\\18\\7").payload())
        .isEqualTo(ByteBuffer.wrap(new byte[] {1, '1', 1, '8', 7}));
  }

  @Test
  void numbersAreAtMostWhatTheirFieldHolds() {
    Frame most = FrameNotation.parse("65535 255 255 15 15 ");
    assertThat(most.header().requestId()).isEqualTo(65535);
    assertThat(most.header().streamId()).isEqualTo(255);
    assertThat(most.header().streamFlags()).isEqualTo(255);
    assertThat(most.header().typeCode()).isEqualTo(15);
    assertThat(most.header().flags()).isEqualTo(15);
    for (String line :
        new String[] {
          "65536 1 0 1 1 ", "1 256 0 1 1 ", "1 1 256 1 1 ", "1 1 0 16 1 ", "1 1 0 1 16 "
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FrameNotation.parse(line))
          .withMessageContaining("must be at most");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameNotation.parse("0000000001 1 0 1 1 "))
        .withMessageContaining("\"0000000001\"");
    assertThat(FrameNotation.parse("000000001 1 0 1 1 ").header().requestId()).isEqualTo(1);
  }
}
