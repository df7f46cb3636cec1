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
import org.hgwire.core.VectorLimits;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class CborDecoderTest {

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/org/hgwire/core/vectors/cbor.vectors",
      delimiter = '!',
      quoteCharacter = '`')
  void decodesTheVectors(
      String id,
      String title,
      String hex,
      @Nullable String values,
      @Nullable WireErrorCode code,
      @Nullable String limits) {
    String expected = (values == null ? "" : values) + (code == null ? "" : "!" + code);
    String decoded = DecodedText.ofHex(hex, VectorLimits.parse(limits));
    assertThat(DecodedText.withoutMessage(decoded)).as(title).isEqualTo(expected);
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
  void stringInAValueGrowsAsItsBytesArrive() {
    byte[] string = new byte[5_000];
    for (int i = 0; i < string.length; i++) {
      string[i] = (byte) i;
    }
    CborValue value = CborArray.of(new CborBytes(ByteString.copyOf(string)), CborInteger.of(7));
    ByteBuffer encoded = CborEncoder.encode(value).asByteBuffer();
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    for (int end : new int[] {90, 180, 4_500, encoded.limit()}) {
      assertThat(decoder.poll()).isNull();
      decoder.feed(encoded.duplicate().limit(end));
      encoded.position(end);
    }
    assertThat(decoder.poll()).isEqualTo(new CborEvent.ValueRead(value));
    assertThat(decoder.poll()).isNull();
  }

  @Test
  void faultNamesTheOffsetOfTheHead() {
    // byte 0: 1; byte 1: map of 2; bytes 2 to 5: 0 (in three bytes) -> 0; byte 6: 0 again
    assertThat(DecodedText.ofHex("01 a2 190000 00 1800 00"))
        .isEqualTo("1!DUPLICATE_KEY CBOR at byte 6: a map key that the map has already");
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
