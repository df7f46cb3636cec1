// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisibleTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, \\x00", // the end of a string in C
    "9, \\x09",
    "10, \\x0a",
    "27, \\x1b", // begins a command to a terminal
    "127, \\x7f",
    "155, \\x9b",
    "173, \\xad", // a hyphen that is not seen
    "8203, \\u200b",
    "8232, \\u2028",
    "8238, \\u202e", // what follows is shown from right to left
    "55296, \\ud800",
    "57344, \\ue000",
    "65279, \\ufeff",
    "65534, \\ufffe",
    "917569, \\u{e0041}"
  })
  void whatIsNotSeenIsItsCode(int point, String code) {
    String text = "a" + Character.toString(point) + "b";
    assertThat(VisibleText.line(text)).isEqualTo("a" + code + "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<x 0a> \"&\"", "é ü ß", "変更", "🐍", "\u00a0"})
  void whatIsSeenStaysAsItIs(String text) {
    assertThat(VisibleText.line(text)).isEqualTo(text);
  }

  @Test
  void linesStayLinesWhereTextHasThem() {
    assertThat(VisibleText.lines("a\nb\r\nc\rd\te")).isEqualTo("a\nb\nc\\x0dd\\x09e");
    assertThat(VisibleText.line("a\nb")).isEqualTo("a\\x0ab");
  }
}
