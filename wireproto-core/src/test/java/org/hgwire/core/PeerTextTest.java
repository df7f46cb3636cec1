// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerTextTest {
  @Test
  void lineKeepsEveryScript() {
    String text = "файл не найден, ファイル, 😀 é";
    assertThat(PeerText.line(text)).isEqualTo(text);
  }

  @Test
  void lineCollapsesAndTrimsWhiteSpace() {
    assertThat(PeerText.line(" \n two\r\n\tlines\u2028here \n")).isEqualTo("two lines here");
    assertThat(PeerText.line(" \n ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 0x1b, 0x7f, 0x9b, 0xad, 0x061c, 0x200b, 0x202e, 0x2066, 0xfeff, 0xd800, 0xe0000,
        0xe0001, 0xe0041, 0xe0080, 0xe0100, 0xe0fff
      })
  void lineDropsControlAndFormatCharacters(int codePoint) {
    assertThat(PeerText.line("a" + Character.toString(codePoint) + "b")).isEqualTo("ab");
    assertThat(PeerText.isPrintable(codePoint)).isFalse();
  }

  @Test
  void lineIsCutBetweenCharacters() {
    assertThat(PeerText.line("a".repeat(1_024))).hasSize(1_024);
    assertThat(PeerText.line("a".repeat(1_025))).isEqualTo("a".repeat(1_024));
    assertThat(PeerText.line("a".repeat(1_023) + "😀")).isEqualTo("a".repeat(1_023));
    assertThat(PeerText.line("a".repeat(1_023) + " b")).isEqualTo("a".repeat(1_023));
  }

  @Property
  void lineIsPrintableAndIdempotent(@ForAll @StringLength(max = 1_100) String text) {
    String line = PeerText.line(text);
    assertThat(line.codePoints()).allMatch(PeerText::isPrintable);
    assertThat(line.length()).isLessThanOrEqualTo(PeerText.MAX_LINE);
    assertThat(PeerText.line(line)).isEqualTo(line);
  }

  @Test
  void excerptEscapesAllButPrintableAscii() {
    assertThat(PeerText.excerpt("a\u001b\\é")).isEqualTo("a\\x1b\\\\\\xc3\\xa9");
  }

  @Test
  void excerptIsCutAfter64Bytes() {
    assertThat(PeerText.excerpt("a".repeat(64))).isEqualTo("a".repeat(64));
    assertThat(PeerText.excerpt("a".repeat(5_000))).isEqualTo("a".repeat(64) + "…");
  }
}
