// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hgwire.core.revision.Faults.assertBadResponse;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaTest {
  private static final int LIMIT = 1 << 24;

  private static ByteString apply(ByteString base, ByteString delta) {
    return ByteString.copyOf(Delta.apply(base.asByteBuffer(), delta.asByteBuffer(), LIMIT));
  }

  private static ByteString roundTrip(ByteString base, ByteString text) {
    ByteString delta = Delta.between(base, text);
    assertThat(apply(base, delta)).isEqualTo(text);
    assertThat(Delta.resultLength(delta.asByteBuffer(), base.length())).isEqualTo(text.length());
    return delta;
  }

  @Test
  void appliesWhatMercurialSends() {
    // The successor of a renamed file: metadata removed, a line added.
    ByteString base =
        ByteString.utf8(
            "\1\ncopy: a.txt\ncopyrev: 418f692145676128d2fb518b027ddbac624be76e\n\1\na\nb\n");
    ByteString delta =
        ByteString.fromHex(
            "00000000" + "00000042" + "00000000" + "00000046" + "00000046" + "00000002" + "630a");
    assertThat(apply(base, delta)).isEqualTo(ByteString.utf8("a\nb\nc\n"));
  }

  @Test
  void deltaWithoutFragmentsChangesNothing() {
    ByteString base = ByteString.utf8("a");
    assertThat(apply(base, ByteString.empty())).isEqualTo(base);
    assertThat(Delta.between(base, base)).isEqualTo(ByteString.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "00, header",
    "0000000000000001000000, header",
    "000000000000000200000001, middle of a fragment",
    "0000000000000002ffffffff, middle of a fragment",
    "00000000000000020000000261, middle of a fragment",
    "000000000000000b00000000, beyond the base",
    "000000000000000affffffff, middle of a fragment",
    "0000000b0000000b00000000, beyond the base",
    "000000050000000400000000, beyond the base",
    "00000000ffffffff00000000, beyond the base",
    "ffffffffffffffff00000000, not in order",
    "000000000000000500000000000000040000000600000000, overlap",
    "000000050000000600000000000000000000000100000000, overlap",
  })
  void refusesDeltasThatDoNotFitTheBase(String hex, String message) {
    ByteString base = ByteString.utf8("0123456789");
    assertBadResponse(message, () -> apply(base, ByteString.fromHex(hex)));
  }

  @Test
  void textHasAtMostTheAllowedLength() {
    ByteString base = ByteString.utf8("abc");
    ByteString delta = Delta.between(base, ByteString.utf8("abcde"));
    assertThat(Delta.apply(base.asByteBuffer(), delta.asByteBuffer(), 5).remaining()).isEqualTo(5);
    assertThatThrownBy(() -> Delta.apply(base.asByteBuffer(), delta.asByteBuffer(), 4))
        .isInstanceOfSatisfying(
            WireProtocolException.class, e -> assertThat(e.code()).isEqualTo(WireErrorCode.LIMIT))
        .hasMessageContaining("5 bytes");
  }

  @Test
  void positionsOfTheArgumentsDoNotMove() {
    ByteBuffer base = ByteBuffer.wrap(new byte[] {9, 'a', 'b', 9}).position(1).limit(3);
    ByteBuffer text = ByteBuffer.wrap(new byte[] {9, 9, 'a', 'c'}).position(2);
    ByteString delta = Delta.between(base, text);
    assertThat(Delta.apply(base, delta.asByteBuffer(), 10)).isEqualTo(text);
    assertThat(base.position()).isEqualTo(1);
    assertThat(text.position()).isEqualTo(2);
  }

  @Test
  void cursorReadsEachFragment() {
    ByteString delta =
        ByteString.fromHex("000000010000000200000001" + "61" + "000000020000000300000000");
    DeltaFragments fragments = new DeltaFragments(delta.asByteBuffer(), 3);
    assertThat(fragments.next()).isTrue();
    assertThat(List.of(fragments.start(), fragments.end())).containsExactly(1, 2);
    assertThat(ByteString.copyOf(fragments.content())).isEqualTo(ByteString.utf8("a"));
    assertThat(fragments.next()).isTrue();
    assertThat(fragments.content().remaining()).isZero();
    assertThat(fragments.next()).isFalse();
    assertThat(fragments.next()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // Changed, added at each place, removed, moved lines; the size of the delta.
    "abc, aXc, 13",
    "abc, Xabc, 14",
    "abc, abcX, 14",
    "abc, ac, 12",
    "abcdefg, aXcdeYg, 26",
    "aabbcc, aaXbcc, 13",
    "'', abc, 18",
    "abc, '', 12",
  })
  void isAsSmallAsTheChange(String from, String to, int size) {
    assertThat(roundTrip(lines(from), lines(to)).length()).isEqualTo(size);
  }

  private static ByteString lines(String letters) {
    return ByteString.utf8(letters.replaceAll("(.)", "$1\n"));
  }

  @Test
  void scatteredChangesOfAManifestAreSmall() {
    Random random = new Random(7);
    StringBuilder base = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      String path = String.format(Locale.ROOT, "dir/%05d\0", i);
      String node =
          String.format(Locale.ROOT, "%016x%016x%08x", random.nextLong(), random.nextLong(), i);
      base.append(path).append(node).append('\n');
      text.append(path).append(i % 1000 == 0 ? node.replace('0', '1') : node).append('\n');
    }
    ByteString delta =
        roundTrip(ByteString.utf8(base.toString()), ByteString.utf8(text.toString()));
    assertThat(delta.length()).isLessThan(20 * (12 + 40));
  }

  @Test
  void fragmentsOfManifestsAreWholeLines() {
    ByteString base = ByteString.utf8("a\0001111\nb\0002222\nc\0003333\n");
    ByteString text = ByteString.utf8("a\0001111\nb\0002922\nc\0003333\n");
    DeltaFragments fragments =
        new DeltaFragments(Delta.betweenLines(base, text).asByteBuffer(), base.length());

    assertThat(fragments.next()).isTrue();
    assertThat(fragments.start()).isEqualTo(7);
    assertThat(fragments.end()).isEqualTo(14);
    assertThat(ByteString.copyOf(fragments.content())).isEqualTo(ByteString.utf8("b\0002922\n"));
    assertThat(fragments.next()).isFalse();
  }

  @Test
  void binaryTextsWithoutLinesShareTheirEnds() {
    byte[] base = new byte[100_000];
    new Random(1).nextBytes(base);
    byte[] text = base.clone();
    text[50_000] ^= 1;
    assertThat(roundTrip(ByteString.copyOf(base), ByteString.copyOf(text)).length()).isEqualTo(13);
  }

  @Test
  void tooManyDifferentLinesAreReplacedAtOnce() {
    StringBuilder base = new StringBuilder("same\n");
    StringBuilder text = new StringBuilder("same\n");
    for (int i = 0; i < LineDelta.MAX_LINES + 10; i++) {
      base.append(i).append('\n');
      text.append(i % 2 == 0 ? i : -i).append('\n');
    }
    ByteString delta =
        Delta.between(ByteString.utf8(base.toString()), ByteString.utf8(text.toString()));
    DeltaFragments fragments = new DeltaFragments(delta.asByteBuffer(), base.length());
    assertThat(fragments.next()).isTrue();
    assertThat(fragments.next()).isFalse();
    ByteBuffer made =
        Delta.apply(ByteString.utf8(base.toString()).asByteBuffer(), delta.asByteBuffer(), 1 << 24);
    assertThat(ByteString.copyOf(made)).isEqualTo(ByteString.utf8(text.toString()));
  }

  @Property
  void makesTheTextOfTheBase(
      @ForAll("lineTexts") ByteString base, @ForAll("lineTexts") ByteString text) {
    roundTrip(base, text);
  }

  @Property
  void deltasBetweenAnyBytesRoundTrip(@ForAll byte[] base, @ForAll byte[] text) {
    roundTrip(ByteString.copyOf(base), ByteString.copyOf(text));
  }

  @Property
  void arbitraryDeltasAreAppliedOrRefused(
      @ForAll @Size(max = 40) byte[] base, @ForAll @Size(max = 60) byte[] delta) {
    Faults.attempt(() -> apply(ByteString.copyOf(base), ByteString.copyOf(delta)));
  }

  @Property
  void almostValidDeltasAreAppliedOrRefused(@ForAll("smallNumbers") List<Integer> numbers) {
    ByteBuffer delta = ByteBuffer.allocate(4 * numbers.size());
    numbers.forEach(delta::putInt);
    Faults.attempt(() -> apply(ByteString.utf8("0123456789"), ByteString.copyOf(delta.flip())));
  }

  @Provide
  Arbitrary<ByteString> lineTexts() {
    return Arbitraries.strings().withChars("abcdef\n\n\n").ofMaxLength(80).map(ByteString::utf8);
  }

  @Provide
  Arbitrary<List<Integer>> smallNumbers() {
    return Arbitraries.integers().between(-1, 12).list().ofMaxSize(9);
  }
}
