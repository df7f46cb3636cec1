// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hgwire.core.revision.Faults.assertBadResponse;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {
  private static final String HEX = "418f692145676128d2fb518b027ddbac624be76e";
  private static final List<ManifestFlag> FLAGS = List.of(ManifestFlag.values());
  private static final Node NODE = Node.fromHex(HEX);

  /** H stands for 40 digits, ~ for a line feed, ^ for a NUL. */
  private static ByteString text(String pattern) {
    return ByteString.utf8(pattern.replace("H", HEX).replace('~', '\n').replace('^', '\0'));
  }

  private static List<String> entries(ByteString text) {
    List<String> entries = new ArrayList<>();
    ManifestText.Cursor cursor = ManifestText.cursor(text);
    while (cursor.next()) {
      entries.add(cursor.path().utf8() + " " + cursor.node().hex() + " " + cursor.flag());
    }
    assertThat(cursor.next()).isFalse();
    return entries;
  }

  @Test
  void readsWhatMercurialWrites() {
    assertThat(entries(text("a.txt^H~d/e/x^H~link^Hl~run^Hx~sub^Ht~")))
        .containsExactly(
            "a.txt " + HEX + " FILE",
            "d/e/x " + HEX + " FILE",
            "link " + HEX + " LINK",
            "run " + HEX + " EXECUTABLE",
            "sub " + HEX + " TREE");
    assertThat(entries(ByteString.empty())).isEmpty();
  }

  @Test
  void readsFromThePositionOfABuffer() {
    ByteBuffer buffer = text("xxa^H~").asByteBuffer().position(2);
    ManifestText.Cursor cursor = ManifestText.cursor(buffer);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.path()).isEqualTo(ByteString.utf8("a"));
    assertThat(buffer.position()).isEqualTo(2);
  }

  @Test
  void pathsSortByUnsignedBytes() {
    ByteString path = ByteString.copyOf((byte) 0xff);
    ByteString text =
        ManifestText.builder()
            .add(ByteString.utf8("z"), NODE, ManifestFlag.FILE)
            .add(path, NODE, ManifestFlag.LINK)
            .build();
    ManifestText.Cursor cursor = ManifestText.cursor(text);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.path()).isEqualTo(path);
    assertThat(cursor.flag()).isEqualTo(ManifestFlag.LINK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a|begin with a path and a NUL",
        "~|begin with a path and a NUL",
        "^H~|begin with a path and a NUL",
        "a~^H~|begin with a path and a NUL",
        "a^|middle of a line",
        "a^H|middle of a line",
        "a^Hx|more than one flag or no end",
        "a^Hxl~|more than one flag or no end",
        "a^Hz~|unknown flag",
        "a^H0~|unknown flag",
        "b^H~a^H~|not sorted",
        "a^H~a^H~|not sorted",
        "ab^H~a^H~|not sorted",
      })
  void refusesOtherTexts(String pattern, String message) {
    assertBadResponse(message, () -> entries(text(pattern)));
  }

  @Test
  void refusesInvalidNodes() {
    assertBadResponse(
        "lower-case",
        () ->
            entries(text("a^" + HEX.replace('a', 'A').replace('f', 'F').replace('d', 'D') + "~")));
  }

  @Test
  void hasNoEntryBeforeTheFirst() {
    ManifestText.Cursor cursor = ManifestText.cursor(text("a^H~"));
    assertThatIllegalStateException().isThrownBy(cursor::path);
    assertThatIllegalStateException().isThrownBy(cursor::node);
    assertThatIllegalStateException().isThrownBy(cursor::flag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "a\nb", "b", "c"})
  void refusesWhatATextCannotExpress(String path) {
    ManifestText.Builder builder =
        ManifestText.builder().add(ByteString.utf8("c"), NODE, ManifestFlag.FILE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(ByteString.utf8(path), NODE, ManifestFlag.FILE));
  }

  @Property
  void everyEntrySurvives(
      @ForAll @Size(max = 60)
          Set<@CharRange(from = 'a', to = 'f') @StringLength(min = 1, max = 9) String> paths,
      @ForAll long seed) {
    ManifestText.Builder builder = ManifestText.builder();
    List<String> expected = new ArrayList<>();
    for (String path : paths.stream().sorted().toList()) {
      Node node = new Node(seed, seed * 31, path.hashCode());
      ManifestFlag flag = FLAGS.get(path.length() % FLAGS.size());
      builder.add(ByteString.utf8(path), node, flag);
      expected.add(path + " " + node.hex() + " " + flag);
    }
    assertThat(entries(builder.build())).isEqualTo(expected);
  }

  @Property
  void arbitraryTextsAreReadOrRefused(
      @ForAll @CharRange(from = 'a', to = 'c') String first, @ForAll @Size(max = 60) byte[] rest) {
    Faults.attempt(() -> entries(ByteString.copyOf(rest)));
    ByteString sound = text(first + "a^H~");
    byte[] both = new byte[sound.length() + rest.length];
    sound.asByteBuffer().get(both, 0, sound.length());
    System.arraycopy(rest, 0, both, sound.length(), rest.length);
    Faults.attempt(() -> entries(ByteString.copyOf(both)));
  }
}
