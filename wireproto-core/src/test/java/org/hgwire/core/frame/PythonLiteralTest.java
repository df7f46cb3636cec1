// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {
  private static String print(CborValue value) {
    StringBuilder text = new StringBuilder();
    PythonLiteral.print(value, text);
    return text.toString();
  }

  private static void assertBothWays(String literal, CborValue value) {
    assertThat(PythonLiteralParser.parse(literal)).isEqualTo(value);
    assertThat(print(value)).isEqualTo(literal);
  }

  private static CborArray array(CborValue... items) {
    return CborArray.of(items);
  }

  private static CborBytes bytes(String text) {
    return CborBytes.utf8(text);
  }

  @Test
  void scalars() {
    assertBothWays("None", CborNull.NULL);
    assertBothWays("True", CborBoolean.TRUE);
    assertBothWays("False", CborBoolean.FALSE);
    assertBothWays("0", CborInteger.of(0));
    assertBothWays("-1", CborInteger.of(-1));
    assertBothWays("18446744073709551615", new CborInteger(false, -1));
    assertBothWays("-18446744073709551616", new CborInteger(true, -1));
  }

  @Test
  void byteStrings() {
    assertBothWays("b''", bytes(""));
    assertBothWays("b'heads'", bytes("heads"));
    assertBothWays("b'\\'\\\\\"\\n\\x00\\xff'", new CborBytes(ByteString.fromHex("275c220a00ff")));
    assertThat(PythonLiteralParser.parse("b\"it's\"")).isEqualTo(bytes("it's"));
    assertThat(PythonLiteralParser.parse("b\"\\\"\"")).isEqualTo(bytes("\""));
  }

  @Test
  void containers() {
    assertBothWays("[]", array());
    assertBothWays(
        "[1, [True], b'x']", array(CborInteger.of(1), array(CborBoolean.TRUE), bytes("x")));
    assertBothWays("set()", CborSet.of(List.of()));
    assertBothWays("{1, b'x'}", CborSet.of(List.of(CborInteger.of(1), bytes("x"))));
    assertBothWays("{}", CborMap.empty());
    assertBothWays(
        "{b'a': {}, None: {b'x'}, 1: [2]}",
        CborMap.builder()
            .put("a", CborMap.empty())
            .put(CborNull.NULL, CborSet.of(List.of(bytes("x"))))
            .put(CborInteger.of(1), array(CborInteger.of(2)))
            .build());
  }

  @Test
  void tuplesAreArrays() {
    CborInteger one = CborInteger.of(1);
    assertThat(PythonLiteralParser.parse("()")).isEqualTo(array());
    assertThat(PythonLiteralParser.parse("(1)")).isEqualTo(one);
    assertThat(PythonLiteralParser.parse("(1,)")).isEqualTo(array(one));
    assertThat(PythonLiteralParser.parse("( 1 , )")).isEqualTo(array(one));
    assertThat(PythonLiteralParser.parse("(1, 1)")).isEqualTo(array(one, one));
  }

  @Test
  void acceptsWhiteSpaceAndTrailingCommas() {
    assertThat(PythonLiteralParser.parse(" {\tb'a' :[ 1 ,2, ] , b'b':{ 1 ,} , } "))
        .isEqualTo(PythonLiteralParser.parse("{b'a': [1, 2], b'b': {1}}"));
    assertThat(PythonLiteralParser.parse("{ }")).isEqualTo(CborMap.empty());
    assertThat(PythonLiteralParser.parse("[ ]")).isEqualTo(array());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "none",
        "1 1",
        "1,",
        "-",
        "+1",
        "1.5",
        "'text'",
        "\"text\"",
        "b'",
        "b'\\",
        "b'\\'",
        "b'x",
        "b\"x'",
        "b'\\x1'",
        "b'\u00e9'",
        "[",
        "[1",
        "[1 2]",
        "[,]",
        "[1,,2]",
        "[1}",
        "{",
        "{1",
        "{,}",
        "{1: 2",
        "{1: 2, 3}",
        "{1, 2: 3}",
        "{1: 2, 1: 3}",
        "{1, 1}",
        "{[]: 1}",
        "{[]}",
        "{{}}",
        "(",
        "(,)",
        "set(",
        "set([1])",
        "18446744073709551616",
        "-18446744073709551617",
        "999999999999999999999",
        "h'00'",
        "b'\u001b['\u0007"
      })
  void refusesAnythingElse(String literal) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PythonLiteralParser.parse(literal))
        .satisfies(fault -> assertThat(fault.getMessage()).matches("[ -~]+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "(", "{1:"})
  void valuesNestUpToTheLimit(String open) {
    String close = open.equals("[") ? "]" : open.equals("(") ? ",)" : "}";
    assertThat(PythonLiteralParser.parse(open.repeat(32) + "1" + close.repeat(32))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PythonLiteralParser.parse(open.repeat(33) + "1" + close.repeat(33)))
        .withMessage("values nest deeper than 32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PythonLiteralParser.parse(open.repeat(1_000_000)));
  }

  /** What is closed does not count: only what is open around a value does. */
  @ParameterizedTest
  @ValueSource(strings = {"[]", "()", "[1]", "(1,)", "{}", "{1: 2}", "{1: 2, 3: 4}", "set()"})
  void valuesBesideEachOtherDoNotNest(String value) {
    CborArray many = (CborArray) PythonLiteralParser.parse("[" + (value + ", ").repeat(99) + "]");
    assertThat(many.items()).hasSize(99);
  }

  @Test
  void setsBesideEachOtherDoNotNest() {
    CborArray many = (CborArray) PythonLiteralParser.parse("[" + "{1, 2}, ".repeat(99) + "]");
    assertThat(many.items()).hasSize(99).containsOnly(PythonLiteralParser.parse("{2, 1}"));
  }

  @Test
  void spaceMayStandAnywhereBetweenTokens() {
    assertThat(print(PythonLiteralParser.parse(" { 1 : 2 , 3 : [ 4 , ( 5 , ) ] } ")))
        .isEqualTo(print(PythonLiteralParser.parse("{1:2,3:[4,(5,)]}")));
    assertThat(PythonLiteralParser.parse("{ }")).isEqualTo(CborMap.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xff, 0x100})
  void byteLiteralsHoldOnlyAscii(int character) {
    assertThat(PythonLiteralParser.parse("b'\u007f'")).isEqualTo(bytes("\u007f"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PythonLiteralParser.parse("b'" + (char) character + "'"))
        .withMessage("a byte string literal holds only ASCII");
  }
}
