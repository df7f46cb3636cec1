// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborDecoderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00                           | 0                       | smallest integer",
        "17                           | 23                      | largest in the initial byte",
        "1818                         | 24                      | one byte of argument",
        "1901f4                       | 500                     | two bytes",
        "1a000f4240                   | 1000000                 | four bytes",
        "1b7fffffffffffffff           | 9223372036854775807     | largest long",
        "1bffffffffffffffff           | 18446744073709551615    | largest unsigned",
        "20                           | -1                      | largest negative",
        "3903e7                       | -1000                   | two bytes, negative",
        "3b7fffffffffffffff           | -9223372036854775808    | smallest long",
        "3bffffffffffffffff           | -18446744073709551616   | smallest negative",
        "1800 190000 1a00000000       | 0 0 0                   | integers need not be shortest",
        "1b0000000000000000 3800      | 0 -1                    | at any length",
        "40 41ff 5801ff 590001ff      | h'' h'ff' h'ff' h'ff'   | nor need lengths",
        "5a00000001ff                 | h'ff'                   | of four bytes",
        "5b0000000000000001ff         | h'ff'                   | of eight bytes",
        "f4 f5 f6                     | false true null         | simple values",
        "80 8101 820102               | [] [1] [1,2]            | arrays",
        "9800 9b000000000000000101    | [] [1]                  | array lengths, not shortest",
        "818081f6                     | [[]] [null]             | nested",
        "a0 a1416101                  | {} {h'61':1}            | maps",
        "a2 4162 01 4161 02           | {h'62':1,h'61':2}       | need not be sorted",
        "a6f600f400f5004100000000 2000| {null:0,false:0,true:0,h'00':0,0:0,-1:0} | keys of every"
            + " scalar type",
        "d9010280                     | 258([])                 | empty set",
        "d90102820140                 | 258([1,h''])            | set",
        "da000001028101               | 258([1])                | tag, not shortest",
        "db00000000000001028101       | 258([1])                | tag of eight bytes",
        "d9010283f6f501               | 258([null,true,1])      | members of every scalar type",
        "a101d9010281f4               | {1:258([false])}        | a set as a map value",
        "5f41004101ff                 | (_ h'00',h'01')         | chunks of an indefinite string",
        "5fff 5f40ff 5f4040ff         | ''_ (_ h'') (_ h'',h'') | empty chunks are not no chunks",
        "5f580100ff                   | (_ h'00')               | chunk length, not shortest",
      })
  void decodesTheSubset(String hex, String expected, String rule) {
    assertThat(DecodedText.ofHex(hex)).as(rule).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6161             | MALFORMED        | text string",
        "816161           | MALFORMED        | text string in an array",
        "7f6161ff         | MALFORMED        | indefinite text string",
        "f7               | MALFORMED        | undefined",
        "e0               | MALFORMED        | simple value 0",
        "f3               | MALFORMED        | simple value 19",
        "f820             | MALFORMED        | simple value in a separate byte",
        "f814             | MALFORMED        | even if that byte says false",
        "f93c00           | MALFORMED        | half float",
        "fa3f800000       | MALFORMED        | float",
        "fb3ff00000000000 | MALFORMED        | double",
        "ff               | MALFORMED        | break at top level",
        "81ff             | MALFORMED        | break in an array",
        "a101ff           | MALFORMED        | break in place of a map value",
        "9fff             | MALFORMED        | indefinite array",
        "bfff             | MALFORMED        | indefinite map",
        "815f4100ff       | MALFORMED        | indefinite byte string in an array",
        "a15f4100ff01     | MALFORMED        | as a map key",
        "a1015f4100ff     | MALFORMED        | as a map value",
        "d90102815f4100ff | MALFORMED        | as a set member",
        "1f               | MALFORMED        | integer of indefinite length",
        "3f               | MALFORMED        | negative integer of indefinite length",
        "df               | MALFORMED        | tag of indefinite length",
        "1c               | MALFORMED        | reserved additional information 28",
        "3d               | MALFORMED        | 29",
        "5e               | MALFORMED        | 30",
        "9c               | MALFORMED        | of an array",
        "bd               | MALFORMED        | of a map",
        "de               | MALFORMED        | of a tag",
        "fc               | MALFORMED        | of a simple value",
        "5f5c             | MALFORMED        | of a chunk",
        "c080             | MALFORMED        | tag 0",
        "d780             | MALFORMED        | tag 23",
        "d88080           | MALFORMED        | tag 128",
        "d9010180         | MALFORMED        | tag 257",
        "d9010380         | MALFORMED        | tag 259",
        "da0001010280     | MALFORMED        | tag 65794: its low 16 bits are 258",
        "db000000010000010280 | MALFORMED    | tag 2^32 + 258",
        "d9010200         | MALFORMED        | set tag on an integer",
        "d90102a0         | MALFORMED        | set tag on a map",
        "d9010240         | MALFORMED        | set tag on a byte string",
        "d90102f6         | MALFORMED        | set tag on null",
        "d90102d9010280   | MALFORMED        | set tag on a set",
        "d901029fff       | MALFORMED        | set tag on an indefinite array",
        "d901025fff       | MALFORMED        | set tag on an indefinite byte string",
        "d901028180       | MALFORMED        | array in a set",
        "d9010281a0       | MALFORMED        | map in a set",
        "d9010281d9010280 | MALFORMED        | set in a set",
        "a18001           | MALFORMED        | array as a map key",
        "a1a001           | MALFORMED        | map as a map key",
        "a1d901028001     | MALFORMED        | set as a map key",
        "a24161014161 02 | DUPLICATE_KEY    | the same byte string twice",
        "a300010101180001 | DUPLICATE_KEY    | 0 in one byte and in two",
        "a10161           | MALFORMED        | text string as a map value",
        "a3020101010201   | DUPLICATE_KEY    | a key that came before a smaller one",
        "a2f600f600       | DUPLICATE_KEY    | null",
        "a2f500f500       | DUPLICATE_KEY    | true",
        "a24100005801 0000| DUPLICATE_KEY    | the length in one byte and in two",
        "d90102820101     | DUPLICATE_MEMBER | 1",
        "d9010282f4f4     | DUPLICATE_MEMBER | false",
        "d90102844102410141034101 | DUPLICATE_MEMBER | unsorted",
        "5f5f4100ffff     | CHUNK_TYPE       | indefinite chunk",
        "5f01ff           | CHUNK_TYPE       | integer as a chunk",
        "5f6161ff         | CHUNK_TYPE       | text string as a chunk",
        "5f80ff           | CHUNK_TYPE       | array as a chunk",
        "5fd9010280ff     | CHUNK_TYPE       | set as a chunk",
        "5ff6ff           | CHUNK_TYPE       | null as a chunk",
        "9bffffffffffffffff   | LIMIT        | 2^64 - 1 items",
        "9b8000000000000000   | LIMIT        | 2^63 items",
        "9b0000000100000000   | LIMIT        | 2^32 items",
        "bbffffffffffffffff   | LIMIT        | 2^64 - 1 entries",
        "bb8000000000000000   | LIMIT        | 2^63 entries, doubled is 2^64",
        "d901029bffffffffffffffff | LIMIT    | 2^64 - 1 members",
        "815b7fffffffffffffff | LIMIT        | 2^63 - 1 bytes in an array",
        "815bffffffffffffffff | LIMIT        | 2^64 - 1 bytes in an array",
        "5b8000000000000000   | LIMIT        | 2^63 bytes at top level",
      })
  void refusesWhatIsNotInTheSubset(String hex, WireErrorCode code, String rule) {
    assertThat(DecodedText.withoutMessage(DecodedText.ofHex(hex))).as(rule).isEqualTo("!" + code);
  }

  @Test
  void chunkOf2To63BytesExceedsTheLimit() {
    assertThat(DecodedText.withoutMessage(DecodedText.ofHex("5f 5b8000000000000000")))
        .isEqualTo("!LIMIT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18",
        "1b00",
        "41",
        "5a00",
        "81",
        "8201",
        "a1",
        "a101",
        "d9",
        "d901",
        "d90102",
        "d901028201",
        "5f",
        "5f41",
        "5f4100",
        "5f58",
        "a14161",
        "8141",
        "80a0a1"
      })
  void endOfInputInAValueIsTruncation(String hex) {
    assertThat(DecodedText.withoutMessage(DecodedText.ofHex(hex))).endsWith("!TRUNCATED");
  }

  @Test
  void endOfInputInAStringOfPiecesIsTruncation() {
    // 3 of 2^63 - 1 bytes: valid at top level, where nothing of it is held
    assertThat(DecodedText.ofHex("5b7fffffffffffffff 010203"))
        .isEqualTo("h'010203!TRUNCATED the CBOR input ends at byte 12, in the middle of a value");
  }

  @Test
  void everyPrefixOfAValueIsTruncated() {
    // {null: 258([1,-500]), h'6162': [[],{},true], 2^64-1: (string of 5)}
    String hex = "a3f6d9010282013901f34261628380a0f51bffffffffffffffff450102030405";
    byte[] bytes = HexFormat.of().parseHex(hex);
    for (int length = 1; length < bytes.length; length++) {
      ByteBuffer prefix = ByteBuffer.wrap(bytes, 0, length);
      assertThat(DecodedText.of(List.of(prefix), WireLimits.defaults()))
          .isEqualTo(
              "!TRUNCATED the CBOR input ends at byte " + length + ", in the middle of a value");
    }
    assertThat(DecodedText.ofHex(hex))
        .isEqualTo("{null:258([1,-500]),h'6162':[[],{},true],18446744073709551615:h'0102030405'}");
  }

  @Test
  void faultNamesTheOffsetOfTheHead() {
    // byte 0: 1; byte 1: map of 2; bytes 2 to 5: 0 (in three bytes) -> 0; byte 6: 0 again
    assertThat(DecodedText.ofHex("01 a2 190000 00 1800 00"))
        .isEqualTo("1!DUPLICATE_KEY CBOR at byte 6: a map key that the map has already");
  }

  @Test
  void equalityRespectsTypes() {
    assertThat(DecodedText.ofHex("a4 f500 0100 410100 2000"))
        .isEqualTo("{true:0,1:0,h'01':0,-1:0}");
    assertThat(DecodedText.ofHex("d9010284 00 f4 f6 40")).isEqualTo("258([0,false,null,h''])");
  }

  @Test
  void valuesBeforeAFaultAreDelivered() {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    decoder.feed(ByteString.fromHex("01820203ff00").asByteBuffer());
    assertThat(decoder.poll()).isEqualTo(new CborEvent.ValueRead(CborInteger.of(1)));
    assertThat(decoder.poll())
        .isEqualTo(new CborEvent.ValueRead(CborArray.of(CborInteger.of(2), CborInteger.of(3))));
    assertThat(failureOf(decoder).code()).isEqualTo(WireErrorCode.MALFORMED);
  }

  @Test
  void failedDecoderStaysFailed() {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    decoder.feed(ByteString.fromHex("ff0000").asByteBuffer());
    WireProtocolException failure = failureOf(decoder);
    assertThat(failure.scope()).isEqualTo(ErrorScope.REQUEST);
    assertThat(failure.origin()).isEqualTo(ErrorOrigin.LOCAL);
    assertThat(failureOf(decoder)).isSameAs(failure);
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(decoder::endOfInput)
        .isSameAs(failure);
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(1)));
  }

  @Test
  void decoderFailsOnTruncation() {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    decoder.feed(ByteString.fromHex("81").asByteBuffer());
    assertThat(decoder.poll()).isNull();
    assertThatExceptionOfType(WireProtocolException.class).isThrownBy(decoder::endOfInput);
    assertThat(failureOf(decoder).code()).isEqualTo(WireErrorCode.TRUNCATED);
  }

  @Test
  void feedAndEndRefuseWhileInputIsLeft() {
    CborDecoder decoder =
        new CborDecoder(WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 1));
    decoder.feed(ByteString.fromHex("420102").asByteBuffer());
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(0)));
    assertThatIllegalStateException().isThrownBy(decoder::endOfInput);
    assertThat(decoder.poll()).isEqualTo(new CborEvent.BytesStarted(2));
    assertThat(decoder.poll()).isInstanceOf(CborEvent.BytesRead.class);
    // Only the end of the string is left, which needs no input.
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(0)));
    assertThat(decoder.insideValue()).isTrue();
    assertThat(decoder.poll()).isEqualTo(new CborEvent.BytesEnded());
    assertThat(decoder.poll()).isNull();
    assertThat(decoder.insideValue()).isFalse();
    decoder.endOfInput();
    assertThat(decoder.poll()).isNull();
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(0)));
  }

  @Test
  void insideValueIsTrueInHeadTagAndContainer() {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    assertThat(decoder.insideValue()).isFalse();
    for (String piece : List.of("d9", "0102", "81", "18")) {
      decoder.feed(ByteString.fromHex(piece).asByteBuffer());
      assertThat(decoder.poll()).isNull();
      assertThat(decoder.insideValue()).as(piece).isTrue();
    }
    decoder.feed(ByteString.fromHex("05").asByteBuffer());
    assertThat(decoder.poll())
        .isEqualTo(new CborEvent.ValueRead(CborSet.of(List.of(CborInteger.of(5)))));
    assertThat(decoder.insideValue()).isFalse();
  }

  @Test
  void longByteStringIsDeliveredAsSlices() {
    byte[] input = ByteString.fromHex("4401020304").toByteArray();
    CborDecoder decoder =
        new CborDecoder(WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 3));
    ByteBuffer buffer = ByteBuffer.wrap(input);
    decoder.feed(buffer);
    assertThat(buffer.position()).isZero();
    assertThat(decoder.poll()).isEqualTo(new CborEvent.BytesStarted(4));
    CborEvent event = requireNonNull(decoder.poll());
    ByteBuffer data = ((CborEvent.BytesRead) event).data();
    input[1] = 9; // a copy would not show this
    assertThat(data).isEqualTo(ByteString.fromHex("09020304").asByteBuffer());
    assertThat(data.isReadOnly()).isTrue();
  }

  @Test
  void wholeByteStringIsACopy() {
    byte[] input = ByteString.fromHex("4401020304").toByteArray();
    CborDecoder decoder =
        new CborDecoder(WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 4));
    decoder.feed(ByteBuffer.wrap(input));
    CborEvent event = decoder.poll();
    Arrays.fill(input, (byte) 0);
    assertThat(event)
        .isEqualTo(new CborEvent.ValueRead(new CborBytes(ByteString.fromHex("01020304"))));
  }

  @Test
  void piecesEndWithInputsAndChunks() {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    decoder.feed(ByteString.fromHex("5f4301").asByteBuffer());
    assertThat(decoder.poll())
        .isEqualTo(new CborEvent.BytesStarted(CborEvent.BytesStarted.INDEFINITE));
    assertThat(decoder.poll()).isEqualTo(piece("01", false));
    assertThat(decoder.poll()).isNull();
    decoder.feed(ByteString.fromHex("0203").asByteBuffer());
    assertThat(decoder.poll()).isEqualTo(piece("0203", true));
    assertThat(decoder.poll()).isNull();
    decoder.feed(ByteString.fromHex("40ff").asByteBuffer());
    assertThat(decoder.poll()).isEqualTo(piece("", true));
    assertThat(decoder.poll()).isEqualTo(new CborEvent.BytesEnded());
    decoder.endOfInput();
  }

  @Test
  void decodeOneAcceptsOneWholeValue() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 2);
    ByteBuffer input = ByteString.fromHex("8101").asByteBuffer();
    assertThat(CborDecoder.decodeOne(input, limits)).isEqualTo(CborArray.of(CborInteger.of(1)));
    assertThat(input.position()).isZero();
    assertThat(failureOfOne("", limits)).isEqualTo(WireErrorCode.TRUNCATED);
    assertThat(failureOfOne("82", limits)).isEqualTo(WireErrorCode.TRUNCATED);
    assertThat(failureOfOne("0101", limits)).isEqualTo(WireErrorCode.MALFORMED);
    assertThat(failureOfOne("5fff", limits)).isEqualTo(WireErrorCode.MALFORMED);
    assertThat(failureOfOne("f7", limits)).isEqualTo(WireErrorCode.MALFORMED);
    assertThat(failureOfOne("43010203", limits)).isEqualTo(WireErrorCode.LIMIT);
  }

  static CborEvent.BytesRead piece(String hex, boolean endOfChunk) {
    return new CborEvent.BytesRead(ByteString.fromHex(hex).asByteBuffer(), endOfChunk);
  }

  private static WireProtocolException failureOf(CborDecoder decoder) {
    return catchThrowableOfType(WireProtocolException.class, decoder::poll);
  }

  private static WireErrorCode failureOfOne(String hex, WireLimits limits) {
    return catchThrowableOfType(
            WireProtocolException.class,
            () -> CborDecoder.decodeOne(ByteString.fromHex(hex).asByteBuffer(), limits))
        .code();
  }
}
