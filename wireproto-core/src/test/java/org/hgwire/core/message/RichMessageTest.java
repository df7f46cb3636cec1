// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.junit.jupiter.api.Test;

/** Text from a peer that is shown to people. */
final class RichMessageTest {
  private static String render(String format, String... arguments) {
    List<ByteString> bytes = List.of(arguments).stream().map(ByteString::utf8).toList();
    return RichMessage.formatted(ByteString.utf8(format), bytes).render(1_000);
  }

  @Test
  void onlyTwoSequencesAreSpecial() {
    assertThat(render("%s-%s", "a", "b")).isEqualTo("a-b");
    assertThat(render("%%s", "a")).isEqualTo("%s");
    assertThat(render("%d %n %1$s %x", "a")).isEqualTo("%d %n %1$s %x");
    assertThat(render("100%")).isEqualTo("100%");
    assertThat(render("%%%s%%", "%s")).isEqualTo("%%s%");
  }

  @Test
  void missingAndSurplusArgumentsAreIgnored() {
    assertThat(render("%s,%s.", "a")).isEqualTo("a,.");
    assertThat(render("x", "a")).isEqualTo("x");
  }

  @Test
  void controlCharactersAreDropped() {
    assertThat(render("a\u001b[31mb\u0000\r\u007f\u0007%s", "\u001b]0;title\u0007"))
        .isEqualTo("a[31mb]0;title");
    assertThat(render("\u009b31m\u0085")).isEqualTo("31m");
    assertThat(render("line\n\tnext")).isEqualTo("line\n\tnext");
    assertThat(render("\u202ereversed\u2066\u2069\u200e\u200f\u061c\u202a")).isEqualTo("reversed");
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    RichMessage message = RichMessage.formatted(ByteString.fromHex("61ff9b62"), List.of());
    assertThat(message.render(100)).isEqualTo("a\ufffd\ufffdb");
  }

  @Test
  void textIsCutBetweenCharacters() {
    RichMessage message = RichMessage.of("aé€😀z");
    String whole = "aé€😀z";
    assertThat(message.render(11)).isEqualTo(whole);
    assertThat(message.render(10)).isEqualTo("aé€😀");
    assertThat(message.render(9)).isEqualTo("aé€");
    assertThat(message.render(5)).isEqualTo("aé");
    assertThat(message.render(2)).isEqualTo("a");
    assertThat(message.render(0)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> message.render(-1));
  }

  @Test
  void hugeArgumentsAreNotAssembled() {
    ByteString megabyte = ByteString.copyOf(new byte[1 << 20]);
    CborValue hostile =
        new CborArray(
            List.copyOf(
                Collections.nCopies(
                    100_000,
                    new OutputAtom(ByteString.utf8("%s"), List.of(megabyte), List.of()).toCbor())));
    assertThat(RichMessage.read(hostile).render(64)).isEmpty();
  }

  @Test
  void plainTextIsEscapedAsAscii() {
    assertThat(RichMessage.of("100%s").toCbor())
        .isEqualTo(DiagnosticNotation.parse("[{'msg': '100%%s'}]"));
    assertThat(RichMessage.of("é%").toCbor())
        .isEqualTo(DiagnosticNotation.parse("[{'msg': '%s', 'args': [h'c3a925']}]"));
    assertThat(RichMessage.of("").render(5)).isEmpty();
  }

  @Property(tries = 2_000)
  void plainTextRendersAsItself(@ForAll @AlphaChars @Chars({'%', 's', 'é', '\n'}) String text) {
    assertThat(RichMessage.of(text).render(100_000)).isEqualTo(text);
  }

  @Property(tries = 10_000)
  void anyBytesRenderWithinTheBoundWithoutControls(
      @ForAll @Size(max = 60) byte[] format,
      @ForAll @Size(max = 20) byte[] argument,
      @ForAll @IntRange(max = 80) int maxBytes) {
    ByteString raw = ByteString.copyOf(format);
    RichMessage message =
        new RichMessage(
            List.of(
                new OutputAtom(raw, List.of(ByteString.copyOf(argument)), List.of()),
                new OutputAtom(raw, List.of(), List.of())));
    String text = message.render(maxBytes);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(maxBytes);
    assertThat(text.codePoints().filter(c -> c != '\n' && c != '\t'))
        .noneMatch(Character::isISOControl);
    OutputAtom joined = message.joined();
    assertThat(new RichMessage(List.of(joined)).render(1_000)).isEqualTo(message.render(1_000));
  }
}
