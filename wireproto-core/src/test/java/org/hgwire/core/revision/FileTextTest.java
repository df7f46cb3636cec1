// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hgwire.core.revision.Faults.assertBadResponse;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTextTest {
  private static final String HEX = "418f692145676128d2fb518b027ddbac624be76e";

  /** ^ stands for the byte 1, ~ for a line feed. */
  private static ByteString text(String pattern) {
    return ByteString.utf8(pattern.replace('^', '\u0001').replace('~', '\n'));
  }

  @Test
  void writesRenamesAsMercurialDoes() {
    FileText file = FileText.copied(text("a~b~"), text("a.txt"), Node.fromHex(HEX));
    ByteString bytes = text("^~copy: a.txt~copyrev: " + HEX + "~^~a~b~");
    assertThat(file.format()).isEqualTo(bytes);
    assertThat(FileText.parse(bytes)).isEqualTo(file);
    assertThat(file.copySource())
        .isEqualTo(new FileText.CopySource(text("a.txt"), Node.fromHex(HEX)));
  }

  @Test
  void contentLikeAHeaderGetsAnEmptyHeader() {
    FileText file = FileText.of(text("^~hi~"));
    assertThat(file.format()).isEqualTo(text("^~^~^~hi~"));
    assertThat(FileText.parse(text("^~^~^~hi~"))).isEqualTo(file);
    assertThat(file.copySource()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"''", "^", "^x~", "a~^~", "~^~"})
  void otherContentHasNoHeader(String pattern) {
    assertThat(FileText.parse(text(pattern))).isEqualTo(FileText.of(text(pattern)));
    assertThat(FileText.of(text(pattern)).format()).isEqualTo(text(pattern));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "^~|does not end",
        "^~copy: a|does not end",
        "^~copy: a~|does not end",
        "^~copy~^~|not key: value",
        "^~copy:a~^~|not key: value",
        "^~copy:~^~|not key: value",
        "^~: a~^~|not key: value",
        "^~^a: b~^~|not key: value",
        "^~~^~|not key: value",
        "^~a: b~a: c~^~|occurs twice",
      })
  void refusesAMalformedHeader(String pattern, String message) {
    assertBadResponse(message, () -> FileText.parse(text(pattern)));
  }

  @ParameterizedTest
  @CsvSource({
    "^~copy: a~^~",
    "^~copyrev: 418f692145676128d2fb518b027ddbac624be76e~^~",
    "^~copy: a~copyrev: 418f~^~",
    "^~copy: a~copyrev: 418F692145676128D2FB518B027DDBAC624BE76E~^~"
  })
  void refusesHalfACopySource(String pattern) {
    FileText file = FileText.parse(text(pattern));
    assertBadResponse("", file::copySource);
  }

  @ParameterizedTest
  @CsvSource({"'', v", "^k, v", "k:, v", "k~, v", "k, v~"})
  void refusesWhatAHeaderCannotExpress(String key, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileText(Map.of(text(key), text(value)), ByteString.empty()));
  }

  @Property
  void everyTextSurvives(
      @ForAll("keys") String key, @ForAll("keys") String value, @ForAll("content") String content) {
    FileText file = new FileText(Map.of(text(key), text(value)), text(content));
    assertThat(FileText.parse(file.format())).isEqualTo(file);
    FileText plain = FileText.of(text(content));
    assertThat(FileText.parse(plain.format())).isEqualTo(plain);
    Faults.attempt(() -> FileText.parse(text("^~" + content)));
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings().withChars("ab \r").ofMinLength(1).ofMaxLength(5);
  }

  @Provide
  Arbitrary<String> content() {
    return Arbitraries.strings().withChars("^~a: ").ofMaxLength(12);
  }
}
