// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ByteStringTest {
  private static final ByteString ABC = ByteString.utf8("abc");

  @Test
  void copiesBytesInAndOut() {
    byte[] bytes = {1, 2, 3};
    ByteString string = ByteString.copyOf(bytes);
    bytes[0] = 9;
    string.toByteArray()[1] = 9;
    assertThat(string.hex()).isEqualTo("010203");
    assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> string.asByteBuffer().put((byte) 9));
    assertThat(string.asByteBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  @Test
  void noBytesAreTheEmptyString() {
    ByteString empty = ByteString.empty();
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.length()).isZero();
    assertThat(ByteString.copyOf()).isSameAs(empty);
    assertThat(ByteString.copyOf(new byte[4], 4, 0)).isSameAs(empty);
    assertThat(ByteString.copyOf(ByteBuffer.allocate(0))).isSameAs(empty);
    assertThat(ByteString.utf8("")).isSameAs(empty);
    assertThat(ByteString.fromHex("")).isSameAs(empty);
    assertThat(ABC.substring(2, 2)).isSameAs(empty);
    assertThat(ABC.isEmpty()).isFalse();
  }

  @Test
  void copiesPartOfAnArrayOrBuffer() {
    assertThat(ByteString.copyOf(new byte[] {1, 2, 3, 4}, 1, 2).hex()).isEqualTo("0203");
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 2, 2);
    assertThat(ByteString.copyOf(buffer).hex()).isEqualTo("0304");
    assertThat(buffer.position()).isEqualTo(2);
    assertThat(ByteString.copyOf(buffer.asReadOnlyBuffer()).hex()).isEqualTo("0304");
  }

  @Test
  void fromHexAcceptsEitherCaseAndPairsOnly() {
    assertThat(ByteString.fromHex("00fFAb").hex()).isEqualTo("00ffab");
    assertThatIllegalArgumentException().isThrownBy(() -> ByteString.fromHex("0"));
    assertThatIllegalArgumentException().isThrownBy(() -> ByteString.fromHex("0g"));
  }

  @Test
  void substringChecksItsBounds() {
    assertThat(ABC.substring(0, 3)).isSameAs(ABC);
    assertThat(ABC.substring(0, 2)).isEqualTo(ByteString.utf8("ab"));
    assertThat(ABC.substring(1, 3)).isEqualTo(ByteString.utf8("bc"));
    for (int[] range : new int[][] {{-1, 2}, {0, 4}, {2, 1}}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> ABC.substring(range[0], range[1]))
          .withMessage(range[0] + " to " + range[1] + " of 3 bytes");
    }
  }

  @Test
  void indexOfFindsBytes() {
    assertThat(ABC.at(1)).isEqualTo((byte) 'b');
    assertThat(ABC.indexOf((byte) 'b', 0)).isEqualTo(1);
    assertThat(ABC.indexOf((byte) 'b', 1)).isEqualTo(1);
    assertThat(ABC.indexOf((byte) 'b', 2)).isEqualTo(-1);
    assertThat(ABC.startsWith(ByteString.empty())).isTrue();
    assertThat(ABC.startsWith(ByteString.utf8("ab"))).isTrue();
    assertThat(ABC.startsWith(ByteString.utf8("b"))).isFalse();
    assertThat(ABC.startsWith(ByteString.utf8("abcd"))).isFalse();
  }

  @Test
  void orderIsUnsignedWithPrefixesFirst() {
    List<String> sorted = List.of("", "00", "0000", "01", "7f", "7fff", "80", "ff");
    assertThat(sorted.stream().map(ByteString::fromHex).sorted().map(ByteString::hex).toList())
        .isEqualTo(sorted);
  }

  @Test
  void equalityIsByContent() {
    assertThat(ByteString.utf8("abc")).isEqualTo(ABC).hasSameHashCodeAs(ABC);
    assertThat(ByteString.utf8("abd")).isNotEqualTo(ABC);
    assertThat(ABC.equals((Object) "abc")).isFalse();
  }

  @Test
  void putToMovesTheTarget() {
    ByteBuffer target = ByteBuffer.allocate(5).position(1);
    ABC.putTo(target);
    assertThat(target.position()).isEqualTo(4);
    assertThat(target.array()).containsExactly(0, 'a', 'b', 'c', 0);
  }

  @Test
  void textIsUtf8() {
    assertThat(ByteString.utf8("é€").hex()).isEqualTo("c3a9e282ac");
    assertThat(ByteString.fromHex("c3a9e282ac").utf8()).isEqualTo("é€");
    assertThat(ByteString.fromHex("41ff42").utf8()).isEqualTo("A\ufffdB");
  }

  @Test
  void toStringIsPrintableAscii() {
    assertThat(ByteString.fromHex("412f5c1b7f80ff0a20").toString())
        .isEqualTo("A/\\\\\\x1b\\x7f\\x80\\xff\\x0a ");
  }

  @Property
  void anyBytesArePrintableAndRoundTripAsHex(@ForAll byte[] bytes) {
    ByteString string = ByteString.copyOf(bytes);
    assertThat(string.toString()).matches("[ -~]*");
    assertThat(ByteString.fromHex(string.hex())).isEqualTo(string);
    assertThat(string.toByteArray()).isEqualTo(bytes);
  }

  @Property
  void comparesAsUnsignedBytes(@ForAll byte[] left, @ForAll byte[] right) {
    int order = ByteString.copyOf(left).compareTo(ByteString.copyOf(right));
    assertThat(Integer.signum(order))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
    assertThat(order == 0).isEqualTo(ByteString.copyOf(left).equals(ByteString.copyOf(right)));
  }

  @Test
  void excerptIsCutAfter64Bytes() {
    assertThat(ByteString.utf8("a\n").excerpt()).isEqualTo("a\\x0a");
    assertThat(ByteString.utf8("a".repeat(64)).excerpt()).isEqualTo("a".repeat(64));
    assertThat(ByteString.utf8("a".repeat(65)).excerpt()).isEqualTo("a".repeat(64) + "…");
  }
}
