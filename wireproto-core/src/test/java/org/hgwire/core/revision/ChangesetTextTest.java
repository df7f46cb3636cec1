// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hgwire.core.revision.Faults.assertBadResponse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesetTextTest {
  private static final String MANIFEST = "97ec08e6640686d0ac6de68132002516ad06beec";

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  @Test
  void readsWhatMercurialWrites() {
    ChangesetText text =
        ChangesetText.parse(
            bytes(MANIFEST + "\nAnn <a@x>\n1000000000 -7200\na.txt\nd/e/x\n\nrename\n\ntwo lines"));
    assertThat(text)
        .isEqualTo(
            new ChangesetText(
                Node.fromHex(MANIFEST),
                bytes("Ann <a@x>"),
                1_000_000_000,
                -7200,
                Map.of(),
                List.of(bytes("a.txt"), bytes("d/e/x")),
                bytes("rename\n\ntwo lines")));
    assertThat(text.branch()).isEqualTo(ChangesetText.DEFAULT_BRANCH);
    assertThat(text.closesBranch()).isFalse();
  }

  @Test
  void readsBranchesThatMercurialWrites() {
    ChangesetText closed =
        ChangesetText.parse(bytes(MANIFEST + "\nAnn\n5 0 branch:stäble\0close:1\n\nclose"));
    assertThat(closed.branch()).isEqualTo(bytes("stäble"));
    assertThat(closed.closesBranch()).isTrue();
    assertThat(closed.files()).isEmpty();
    ChangesetText escaped =
        ChangesetText.parse(bytes(MANIFEST + "\nAnn\n8 0 branch:a\\\\b c\n\nbs"));
    assertThat(escaped.branch()).isEqualTo(bytes("a\\b c"));
  }

  @ParameterizedTest
  @CsvSource({
    "1000000000, -7200, 2001-09-09T03:46:40+02:00",
    "1000000000, 0, 2001-09-09T01:46:40Z",
    "1000000000, 16200, 2001-09-08T21:16:40-04:30",
    "-1, -1, 1970-01-01T00:00+00:00:01",
    "0, -64800, 1970-01-01T18:00+18:00",
    "0, 64800, 1969-12-31T06:00-18:00",
    "0, -64801, 1970-01-01T00:00Z",
    "0, 64801, 1970-01-01T00:00Z",
    "0, -2147483648, 1970-01-01T00:00Z",
    "9223372036854775807, 3600, +999999999-12-31T23:59:59-01:00",
    "-9223372036854775808, -3600, -999999999-01-01T00:00+01:00",
  })
  void dateHasTheOffsetWithTheOtherSign(long time, int timezone, String date) {
    ChangesetText text =
        new ChangesetText(
            Node.NULL, bytes("Ann"), time, timezone, Map.of(), List.of(), ByteString.empty());
    assertThat(text.date()).hasToString(date);
  }

  @Property
  void dateIsTheSameInstant(
      @ForAll @LongRange(min = -(1L << 40), max = 1L << 40) long time, @ForAll int timezone) {
    ChangesetText text =
        new ChangesetText(
            Node.NULL, bytes("Ann"), time, timezone, Map.of(), List.of(), ByteString.empty());
    assertThat(text.date().toEpochSecond()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\nAnn\n7 0\n\n",
        "\nAnn\n-7 43200\n\n\n\n x \n",
        "\nAnn\n7 0 a:\0b:x:y\0:\nf\n\nmsg",
        "\nAnn\n7 0 z:\\\\\\n\\r\\0\0a:1\nz\na\n\nmsg",
      })
  void formatsToTheSameBytes(String rest) {
    ByteString text = bytes(MANIFEST + rest);
    assertThat(ChangesetText.parse(text).format()).isEqualTo(text);
  }

  @Test
  void sortsAsMercurialDoes() {
    ChangesetText text =
        ChangesetText.parse(bytes(MANIFEST + "\nAnn\n7 0 z:1\0a:2\nz\na\n\nmsg")).sorted();
    assertThat(text.format()).isEqualTo(bytes(MANIFEST + "\nAnn\n7 0 a:2\0z:1\na\nz\n\nmsg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|line of 40 digits",
        "97ec|line of 40 digits",
        "97ec08e6640686d0ac6de68132002516ad06beec|line of 40 digits",
        "97ec08e6640686d0ac6de68132002516ad06beec0|line of 40 digits",
        "97EC08e6640686d0ac6de68132002516ad06beec~|lower-case hexadecimal",
        "97gc08e6640686d0ac6de68132002516ad06beec~|lower-case hexadecimal",
        "97:c08e6640686d0ac6de68132002516ad06beec~|lower-case hexadecimal",
        "97 c08e6640686d0ac6de68132002516ad06beec~|lower-case hexadecimal",
        "M~|ends before",
        "M~~1 0~~|names no user",
        "M~Ann|ends before",
        "M~Ann~1 0|ends before",
        "M~Ann~1 0~|ends before",
        "M~Ann~1 0~file~|ends before",
        "M~Ann~1~~|no timezone",
        "M~Ann~~~|no timezone",
        "M~Ann~x 0~~|two plain integers",
        "M~Ann~1.5 0~~|two plain integers",
        "M~Ann~+1 0~~|two plain integers",
        "M~Ann~01 0~~|two plain integers",
        "M~Ann~1 ~~|two plain integers",
        "M~Ann~99999999999999999999 0~~|two plain integers",
        "M~Ann~1 2147483648~~|out of range",
        "M~Ann~1 0 ~~|no colon",
        "M~Ann~1 0 branch~~|no colon",
        "M~Ann~1 0 a:1^a:2~~|occurs twice",
        "M~Ann~1 0 a:\\x~~|that Mercurial does not write",
        "M~Ann~1 0 a:\\~~|that Mercurial does not write",
        "M~Ann~1 0 a:%~~|that Mercurial does not write",
      })
  void refusesOtherTexts(String text, String message) {
    ByteString bytes =
        bytes(text.replace("M", MANIFEST).replace('~', '\n').replace('^', '\0').replace('%', '\r'));
    assertBadResponse(message, () -> ChangesetText.parse(bytes));
  }

  @Test
  void manifestOfAcceptsOddTexts() {
    assertThat(ChangesetText.manifestOf(bytes(MANIFEST + "\nwhatever")).hex()).isEqualTo(MANIFEST);
  }

  @ParameterizedTest
  @CsvSource({"'', f, k", "'a\nb', f, k", "u, '', k", "u, 'a\nb', k", "u, f, 'a:b'"})
  void refusesWhatATextCannotExpress(String user, String file, String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ChangesetText(
                    Node.NULL,
                    bytes(user),
                    0,
                    0,
                    Map.of(bytes(key), bytes("")),
                    List.of(bytes(file)),
                    bytes("")));
  }

  @Property
  void everyTextRoundTrips(@ForAll("texts") ChangesetText text) {
    assertThat(ChangesetText.parse(text.format())).isEqualTo(text);
  }

  @Property
  void arbitraryTextsAreParsedExactlyOrRefused(@ForAll("almostTexts") ByteString text) {
    Faults.attempt(() -> assertThat(ChangesetText.parse(text).format()).isEqualTo(text));
  }

  @Provide
  Arbitrary<ChangesetText> texts() {
    Arbitrary<ByteString> any = strings("\0\n\r\\: az\u00e9");
    Arbitrary<ByteString> line = strings("\0\r\\: az\u00e9").filter(s -> !s.isEmpty());
    Arbitrary<Map<ByteString, ByteString>> extra =
        Arbitraries.maps(strings("\0\n\r\\ az"), any).ofMaxSize(3).map(LinkedHashMap::new);
    return Combinators.combine(
            Arbitraries.longs(),
            line,
            Arbitraries.longs(),
            Arbitraries.integers(),
            extra,
            line.list().ofMaxSize(3),
            any)
        .as(
            (node, user, time, zone, extras, files, description) ->
                new ChangesetText(
                    new Node(node, ~node, 7), user, time, zone, extras, files, description));
  }

  @Provide
  Arbitrary<ByteString> almostTexts() {
    return Combinators.combine(strings("\0\n\\ 017:-a"), strings("\n 01:-\0"), strings("\n ab\\"))
        .as((a, b, c) -> bytes(MANIFEST + "\nA\n" + b.utf8() + "\n" + a.utf8() + "\n" + c.utf8()));
  }

  private static Arbitrary<ByteString> strings(String characters) {
    return Arbitraries.strings()
        .withChars(characters.toCharArray())
        .ofMaxLength(8)
        .map(ByteString::utf8);
  }
}
