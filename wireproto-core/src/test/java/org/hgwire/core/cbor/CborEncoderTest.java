// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborEncoderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                     | 00",
        "23                    | 17",
        "24                    | 1818",
        "255                   | 18ff",
        "256                   | 190100",
        "65535                 | 19ffff",
        "65536                 | 1a00010000",
        "4294967295            | 1affffffff",
        "4294967296            | 1b0000000100000000",
        "18446744073709551615  | 1bffffffffffffffff",
        "-1                    | 20",
        "-24                   | 37",
        "-25                   | 3818",
        "-18446744073709551616 | 3bffffffffffffffff",
        "null                  | f6",
        "false                 | f4",
        "true                  | f5",
        "h''                   | 40",
        "h'010203'             | 43010203",
        "[]                    | 80",
        "[1,[2]]               | 82018102",
        "{}                    | a0",
        "258([])               | d9010280",
      })
  void headsAreShortest(String notation, String hex) {
    assertThat(CborEncoder.encode(DiagnosticNotation.parse(notation)).hex()).isEqualTo(hex);
  }

  @Test
  void keysAreSorted() {
    CborValue map =
        DiagnosticNotation.parse(
            "{1:0, -1:0, -2:0, 256:0, h'ff':0, h'6100':0, h'61':0, h'':0, true:0, false:0,"
                + " null:0}");
    assertThat(DecodedText.ofHex(CborEncoder.encode(map).hex()))
        .isEqualTo("{null:0,false:0,true:0,h'':0,h'61':0,h'6100':0,h'ff':0,-2:0,-1:0,1:0,256:0}");
  }

  @Test
  void membersAreSorted() {
    CborValue set =
        DiagnosticNotation.parse("258([18446744073709551615, 0, -5, 'b', 'a', true, null, false])");
    assertThat(DecodedText.ofHex(CborEncoder.encode(set).hex()))
        .isEqualTo("258([null,false,true,h'61',h'62',-5,0,18446744073709551615])");
  }

  @Test
  void arraysKeepTheirOrder() {
    assertThat(CborEncoder.encode(DiagnosticNotation.parse("[3,1,2]")).hex()).isEqualTo("83030102");
  }

  @Test
  void writesIndefiniteByteStringsInParts() {
    CborEncoder encoder = new CborEncoder();
    ByteBuffer data = ByteString.fromHex("0102").asByteBuffer();
    encoder.indefiniteBytesStart().bytesHead(2).raw(data).bytesHead(0).indefiniteBytesEnd();
    assertThat(encoder.take()).isEqualTo(ByteString.fromHex("5f42010240ff").asByteBuffer());
    assertThat(data.remaining()).isEqualTo(2);
  }

  @Test
  void byteStringLengthMayExceedMemory() {
    assertThat(new CborEncoder().bytesHead(Long.MAX_VALUE).take())
        .isEqualTo(ByteString.fromHex("5b7fffffffffffffff").asByteBuffer());
    assertThatIllegalArgumentException().isThrownBy(() -> new CborEncoder().bytesHead(-1));
  }

  @Test
  void takeReturnsWhatWasAppendedSinceTheLastCall() {
    CborEncoder encoder = new CborEncoder();
    assertThat(encoder.take().hasRemaining()).isFalse();
    encoder.value(CborInteger.of(1)).value(CborInteger.of(2));
    assertThat(encoder.size()).isEqualTo(2);
    ByteBuffer taken = encoder.take();
    assertThat(taken).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(taken.isReadOnly()).isTrue();
    assertThat(encoder.size()).isZero();
    assertThat(encoder.take().hasRemaining()).isFalse();
    assertThat(encoder.value(CborInteger.of(3)).take()).isEqualTo(ByteBuffer.wrap(new byte[] {3}));
  }

  @Test
  void bufferGrows() {
    CborEncoder encoder = new CborEncoder();
    ByteBuffer data = ByteBuffer.allocate(100_000);
    for (int i = 0; i < data.capacity(); i++) {
      data.put(i, (byte) i);
    }
    encoder.value(CborNull.NULL).take();
    encoder.value(CborNull.NULL).raw(data);
    assertThat(encoder.size()).isEqualTo(100_001);
    ByteBuffer taken = encoder.take();
    assertThat(taken.get()).isEqualTo((byte) 0xf6);
    assertThat(taken).isEqualTo(data);
  }
}
