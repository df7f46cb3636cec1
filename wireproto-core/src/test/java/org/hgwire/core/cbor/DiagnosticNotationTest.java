// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.testing.Chunking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticNotationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "1                           | 1",
        "-0                          | 0",
        "18446744073709551615        | 18446744073709551615",
        "-18446744073709551616       | -18446744073709551616",
        "null                        | null",
        "None                        | null",
        "true                        | true",
        "True                        | true",
        "false                       | false",
        "False                       | false",
        "h''                         | h''",
        "h'00fF'                     | h'00ff'",
        "h' 00 ff '                  | h'00ff'",
        "''                          | h''",
        "'abc'                       | h'616263'",
        "'\u00e9'                    | h'c3a9'",
        "'\ud83d\ude00'              | h'f09f9880'",
        "'\\u00e9\\ud83d\\ude00\\/'  | h'c3a9f09f98802f'",
        "b'abc'                      | h'616263'",
        "b\"a'c\"                    | h'612763'",
        "b'\\x00\\xfF'               | h'00ff'",
        "b'\\\\\\'\\\"'              | h'5c2722'",
        "b'\\a\\b\\t\\n\\v\\f\\r'    | h'0708090a0b0c0d'",
        "b'\\0\\18\\377'             | h'000138ff'",
        "[]                          | []",
        "[ 1 , 2 ]                   | [1,2]",
        "[1,]                        | [1]",
        "{}                          | {}",
        "{ 'b' : 1 , 'a' : [ { } ] } | {h'62':1,h'61':[{}]}",
        "{1:2,}                      | {1:2}",
        "{b'b', b'a'}                | 258([h'62',h'61'])",
        "{1,}                        | 258([1])",
        "258([])                     | 258([])",
        "258 ( [ 1 , h'' ] )         | 258([1,h''])",
        "{b'name': b'heads'}         | {h'6e616d65':h'6865616473'}",
      })
  void parsesAndPrints(String text, String printed) {
    assertThat(DiagnosticNotation.print(DiagnosticNotation.parse(text))).isEqualTo(printed);
  }

  @Test
  void skipsWhiteSpace() {
    assertThat(DiagnosticNotation.parse("\t[\r\n1 ] \n"))
        .isEqualTo(CborArray.of(CborInteger.of(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "[1",
        "[1,",
        "[,]",
        "[1 2]",
        "{",
        "{1",
        "{1:",
        "{1:2",
        "{1:2,3}",
        "{1,2:3}",
        "{,}",
        "{1:2,1:3}",
        "{1,1}",
        "{[1]:2}",
        "{[1]}",
        "{{1}}",
        "258(",
        "258()",
        "258([1)",
        "258([1]",
        "258([1,1])",
        "258([[]])",
        "258(1)",
        "257([])",
        "-258([])",
        "-",
        "--1",
        "1a",
        "1.5",
        "1e3",
        "18446744073709551616",
        "-18446744073709551617",
        "000000000000000000001",
        "nul",
        "nulll",
        "nil",
        "undefined",
        "h",
        "h'",
        "h'0'",
        "h'0",
        "h'0g'",
        "h'\u0663\u0663'",
        "h\"00\"",
        "h 00",
        "b",
        "b'",
        "b'a",
        "b'a\"",
        "b\"a'",
        "b'\u00e9'",
        "b'\\q'",
        "b'\\x0'",
        "b'\\xg0'",
        "b'\\u0041'",
        "b'\\/'",
        "b'\\400'",
        "b'\\0",
        "b'\\",
        "'\\q'",
        "'\\ud83d'",
        "'\\ud83dx'",
        "'\\ud83d\\n'",
        "'\\ude00\\ud83d'",
        "'\ud83d'",
        "'\\u00g0'",
        "\"text\"",
        "b64'AA'",
        "1 2",
        "[] []",
        "(1)",
        "(_ h'00')",
        "[1}",
        "{1]",
        "\u0661",
        "null\u0000",
        "'a"
      })
  void refusesAllElseWithItsIndex(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagnosticNotation.parse(text))
        .withMessageMatching("(?s)diagnostic notation, at index \\d+: .*");
  }

  @Test
  void indexIsThatOfTheFault() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagnosticNotation.parse("[1, {2: x}]"))
        .withMessageStartingWith("diagnostic notation, at index 8: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagnosticNotation.parse("[{2: 1, 2: 1}]"))
        .withMessage("diagnostic notation, at index 1: in this map, the key 2 occurs twice");
  }

  @Test
  void nestingIsBounded() {
    String deepest = "[".repeat(100) + "]".repeat(100);
    assertThat(DiagnosticNotation.print(DiagnosticNotation.parse(deepest))).isEqualTo(deepest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagnosticNotation.parse("[" + deepest + "]"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagnosticNotation.parse("[{1:258(".repeat(1_000_000)));
  }

  @Test
  void siblingsDoNotCountAsNesting() {
    String flat = "[" + "[],".repeat(500) + "[]]";
    assertThat(DiagnosticNotation.print(DiagnosticNotation.parse(flat))).isEqualTo(flat);
  }

  @Test
  void arbitraryTextIsParsedOrRefused() {
    String alphabet = "[]{}()'\"\\,:-0125 8hbxutrefalsn_\u00e9\ud83d";
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        CborValue value = DiagnosticNotation.parse(text.toString());
        assertThat(DiagnosticNotation.parse(DiagnosticNotation.print(value)).equals(value))
            .isTrue();
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 49_999);
  }

  @Test
  void streamedDefiniteByteStringIsPrintedAsOne() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 1);
    List<ByteBuffer> pieces =
        new Chunking(List.of(2, 3)).cut(ByteString.fromHex("014401020304814102"));
    assertThat(DecodedText.of(pieces, limits)).isEqualTo("1 h'01020304' [h'02']");
  }

  @Test
  void printingKeepsThePositionOfTheBuffer() throws Exception {
    CborEvent.BytesRead read = CborDecoderTest.piece("0102", true);
    new DiagnosticPrinter(new StringBuilder(), "\n").print(read);
    assertThat(read.data().remaining()).isEqualTo(2);
  }

  @Test
  void valuesBesideEachOtherDoNotNest() {
    for (String value : List.of("{1}", "{1: 2}", "258([1])", "[1]")) {
      String many = "[" + (value + ", ").repeat(999) + value + "]";
      assertThat(DiagnosticNotation.parse(many).toString()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{1, 2 3}", "{1 2}", "[1 2]", "{1: 2 3: 4}", "1a", "1z", "1A", "1Z", "258[1]"})
  void whatStandsTogetherIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiagnosticNotation.parse(text))
        .withMessageStartingWith("diagnostic notation, at index ");
  }

  @Test
  void tagMayHaveSpaceInItsParentheses() {
    assertThat(DiagnosticNotation.parse("258( [1, 2])"))
        .isEqualTo(DiagnosticNotation.parse("{1, 2}"));
  }

  @Test
  void octalEscapesEndAtAnotherDigit() {
    assertThat(DiagnosticNotation.parse("b'\\0018\\377\\09'"))
        .isEqualTo(DiagnosticNotation.parse("h'0138ff0039'"));
  }
}
