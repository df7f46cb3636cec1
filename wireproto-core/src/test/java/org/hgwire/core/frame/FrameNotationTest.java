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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static void assertVector(String notation, String... hex) {
    String bytes = String.join("", hex).replace(" ", "");
    assertThat(hex(FrameNotation.parse(notation))).isEqualTo(bytes);
    assertThat(FrameNotation.print(frame(bytes))).isEqualTo(notation);
  }

  @Test
  void commandRequest() {
    assertVector(
        "1 1 stream-begin command-request new cbor:{b'name': b'heads'}",
        "0c 00 00", // 12 bytes of payload
        "01 00", // request 1
        "01", // stream 1
        "01", // stream-begin
        "11", // command-request, new
        "a1 44 6e616d65 45 6865616473"); // {'name': 'heads'}
  }

  @Test
  void commandRequestInTwoFramesWithData() {
    assertVector(
        "513 3 0 command-request continuation|more|have-data \\x81",
        "01 00 00", // 1 byte of payload
        "01 02", // request 513, little endian
        "03", // stream 3
        "00", // no stream flag
        "1e", // command-request; continuation, more, have-data
        "81"); // the head of an array: no whole value
  }

  @Test
  void commandData() {
    assertVector(
        "1 1 0 command-data continuation a\\x00\\n\\\\\\' b\\x20",
        "08 00 00", // 8 bytes of payload
        "01 00", // request 1
        "01", // stream 1
        "00", // no stream flag
        "21", // command-data, continuation
        "61 00 0a 5c 27 20 62 20");
  }

  @Test
  void commandResponse() {
    assertVector(
        "1 2 stream-begin|stream-end command-response eos cbor:{b'status': b'ok'}",
        "0b 00 00", // 11 bytes of payload
        "01 00", // request 1
        "02", // stream 2: the server's
        "03", // stream-begin, stream-end
        "32", // command-response, eos
        "a1 46 737461747573 42 6f6b");
  }

  @Test
  void errorResponse() {
    assertVector(
        "1 2 0 error-response 0 cbor:{b'message': [{b'msg': b'no'}], b'type': b'server'}",
        "1e 00 00", // 30 bytes of payload
        "01 00", // request 1
        "02", // stream 2
        "00", // no stream flag
        "50", // error-response
        "a2 47 6d657373616765 81 a1 43 6d7367 42 6e6f 44 74797065 46 736572766572");
  }

  @Test
  void textOutput() {
    assertVector(
        "1 2 0 text-output 0 cbor:[{b'args': [b'x'], b'msg': b'%s\\n'}]",
        "12 00 00", // 18 bytes of payload
        "01 00 02 00",
        "60", // text-output
        "81 a2 44 61726773 81 41 78 43 6d7367 43 25730a");
  }

  @Test
  void progress() {
    assertVector(
        "1 2 0 progress 0 cbor:{b'pos': -1, b'topic': b'files', b'total': 300}",
        "1b 00 00", // 27 bytes of payload
        "01 00 02 00",
        "70", // progress
        "a3 43 706f73 20 45 746f706963 45 66696c6573 45 746f74616c 19 012c");
  }

  @Test
  void senderProtocolSettings() {
    assertVector(
        "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'identity']}",
        "1c 00 00", // 28 bytes of payload
        "01 00 01 01",
        "82", // sender-protocol-settings, eos
        "a1 50 636f6e74656e74656e636f64696e6773 81 48 6964656e74697479");
  }

  @Test
  void streamSettings() {
    assertVector(
        "1 2 stream-begin stream-settings eos cbor:b'zlib'",
        "05 00 00", // 5 bytes of payload
        "01 00 02 01",
        "92", // stream-settings, eos
        "44 7a6c6962");
  }

  @Test
  void encodedPayloadsAreBytes() {
    assertVector("1 2 encoded command-response continuation \\x01", "010000 0100 02 04 31", "01");
  }

  @Test
  void codesWithoutANameAreNumbers() {
    assertVector("65535 255 stream-begin|8|128 4 1|8 ", "000000 ffff ff 89 49");
    assertVector("0 0 0 progress 4 ", "000000 0000 00 00 74");
    assertVector("0 0 0 command-data continuation|eos|8 ", "000000 0000 00 00 2b");
  }

  @Test
  void onlyOneDeterministicValueIsPrintedAsValue() {
    // Two integers.
    assertVector("1 2 0 command-response eos \\x01\\x01", "020000 0100 02 00 32 01 01");
    // The integer 1 in two bytes; a map out of order; an indefinite byte string.
    assertVector("1 2 0 command-response eos \\x18\\x01", "020000 0100 02 00 32 1801");
    assertVector(
        "1 2 0 command-response eos \\xa2AbAcAaAd", "090000 0100 02 00 32 a241624163 4161 4164");
    assertVector("1 2 0 command-response eos _A1\\xff", "040000 0100 02 00 32 5f4131ff");
  }

  @Test
  void bytesThatBeginLikeAValueAreEscaped() {
    assertVector("1 1 0 command-data eos \\x63bor:1", "060000 0100 01 00 22 63626f723a31");
  }

  @Test
  void spacesAtBothEndsAreKept() {
    assertVector("1 1 0 command-data eos  a \\x20", "040000 0100 01 00 22 20612020");
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
