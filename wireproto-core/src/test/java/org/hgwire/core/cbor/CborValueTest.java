// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborValueTest {

  @Test
  void mapsKeepOrderAndIgnoreItInEquals() {
    CborMap one = CborMap.builder().put("b", 1).put("a", true).build();
    CborMap other = CborMap.builder().put("a", true).put("b", 1).build();
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(DiagnosticNotation.print(one)).isEqualTo("{h'62':1,h'61':true}");
    assertThat(one).isNotEqualTo(CborMap.builder().put("b", 2).put("a", true).build());
    assertThat(one).isNotEqualTo(CborMap.builder().put("b", 1).build());
    assertThat(one).isNotEqualTo(CborNull.NULL);
  }

  @Test
  void mapsDistinguishTypes() {
    assertThat(DiagnosticNotation.parse("{1:1}"))
        .isNotEqualTo(DiagnosticNotation.parse("{true:1}"))
        .isNotEqualTo(DiagnosticNotation.parse("{1:true}"))
        .isNotEqualTo(DiagnosticNotation.parse("{'1':1}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 100})
  void mapsOfEverySizeFindTheirKeys(int size) {
    for (boolean ascending : new boolean[] {true, false}) {
      CborMap.Builder builder = CborMap.builder();
      for (int i = 0; i < size; i++) {
        builder.put(CborInteger.of(ascending ? i : size - 1 - i), CborInteger.of(2L * i));
      }
      CborMap map = builder.build();
      assertThat(map.size()).isEqualTo(size);
      for (int i = 0; i < size; i++) {
        long value = 2L * (ascending ? i : size - 1 - i);
        assertThat(map.get(CborInteger.of(i))).isEqualTo(CborInteger.of(value));
      }
      assertThat(map.get(CborInteger.of(-1))).isNull();
      assertThat(map.get(CborInteger.of(size))).isNull();
      assertThat(map.get("absent")).isNull();
      assertThat(map.get(CborNull.NULL)).isNull();
      assertThat(map.get(CborArray.of())).isNull();
    }
  }

  @Test
  void mapsAreIndependentOfTheirBuilder() {
    CborMap.Builder builder = CborMap.builder().put("a", ByteString.empty());
    CborMap before = builder.build();
    builder.put("b", CborMap.empty());
    assertThat(before.size()).isEqualTo(1);
    assertThat(before.entries())
        .containsExactly(Map.entry(CborBytes.utf8("a"), new CborBytes(ByteString.empty())));
    assertThat(before).hasToString("CborMap" + before.entries());
    assertThat(CborMap.builder().build()).isSameAs(CborMap.empty());
  }

  @Test
  void keysAreDistinctScalars() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CborMap.builder().put("b", 1).put("a", 1).put("b", 2))
        .withMessage("the key h'62' occurs twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CborMap.builder().put(CborArray.of(), CborNull.NULL));
  }

  @Test
  void setsKeepOrderAndIgnoreItInEquals() {
    CborSet one = CborSet.of(List.of(CborInteger.of(2), CborInteger.of(1)));
    CborSet other = CborSet.of(List.of(CborInteger.of(1), CborInteger.of(2)));
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.members()).containsExactly(CborInteger.of(2), CborInteger.of(1));
    assertThat(one).isNotEqualTo(CborSet.of(List.of(CborInteger.of(1))));
    assertThat(one).isNotEqualTo(CborArray.of(CborInteger.of(2), CborInteger.of(1)));
    assertThat(one).hasToString("CborSet" + one.members());
  }

  @Test
  void membersAreDistinctScalars() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CborSet.of(List.of(CborBoolean.TRUE, CborBoolean.TRUE)))
        .withMessage("the member true occurs twice");
    assertThatIllegalArgumentException().isThrownBy(() -> CborSet.of(List.of(CborMap.empty())));
  }

  @Test
  void arraysAreCopies() {
    List<CborValue> items = new ArrayList<>(List.of(CborNull.NULL));
    CborArray array = new CborArray(items);
    items.clear();
    assertThat(array).isEqualTo(CborArray.of(CborNull.NULL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "-18446744073709551616"
      })
  void integersAreWhole(String digits) {
    BigInteger big = new BigInteger(digits);
    CborInteger integer = CborInteger.of(big);
    assertThat(integer.toBigInteger()).isEqualTo(big);
    assertThat(integer).hasToString(digits);
    assertThat(integer.isLong()).isEqualTo(big.bitLength() < 64);
    if (integer.isLong()) {
      assertThat(integer.longValueExact()).isEqualTo(big.longValueExact());
      assertThat(CborInteger.of(big.longValueExact())).isEqualTo(integer);
    } else {
      assertThatExceptionOfType(ArithmeticException.class).isThrownBy(integer::longValueExact);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"18446744073709551616", "-18446744073709551617"})
  void integersHave64Bits(String digits) {
    assertThatIllegalArgumentException().isThrownBy(() -> CborInteger.of(new BigInteger(digits)));
  }

  @Test
  void requiredKeyIsThereOrRefused() {
    CborMap map = CborMap.builder().put("b", 1).build();
    assertThat(map.require("b")).isEqualTo(CborInteger.of(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.require("a"))
        .withMessage("the map has no key \"a\"");
  }

  @Test
  void equalMapsHaveOneHashAndOthersAnother() {
    CborMap map = CborMap.builder().put("a", 1).put("b", 2).build();
    assertThat(map).hasSameHashCodeAs(CborMap.builder().put("b", 2).put("a", 1).build());
    assertThat(map.hashCode())
        .isNotEqualTo(CborMap.empty().hashCode())
        .isNotEqualTo(CborMap.builder().put("a", 1).put("b", 3).build().hashCode());
  }
}
