// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the locale must not change: the bytes of arguments, and digits. */
@Timeout(120)
final class LocaleTest {
  private static final String ACCENT = "$(printf '\\303\\251')";
  private static final String LATIN_1 = "$(printf '\\351')";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX"})
  void anArgumentThatWasLostIsRefused(String locale) throws Exception {
    ShellRun run =
        ShellRun.of(
            directory,
            Map.of("LC_ALL", locale),
            "hgwire call http://127.0.0.1:1/ lookup key=" + ACCENT);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .matches(
            "hgwire: argument 4 has bytes that are not \\S+, the encoding of the locale, and were"
                + " lost: run hgwire with LC_ALL=C.UTF-8 in its environment\\R");
  }

  @Test
  void anArgumentThatIsNotUtf8IsRefused() throws Exception {
    ShellRun run =
        ShellRun.of(
            directory, Map.of("LC_ALL", "C.UTF-8"), "hgwire cbor nosuch" + ACCENT + LATIN_1);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: argument 2 has bytes that are not UTF-8");
  }

  @Test
  void aPasswordThatWasLostIsRefused() throws Exception {
    ShellRun run =
        ShellRun.of(
            directory,
            Map.of("LC_ALL", "C"),
            "export HGWIRE_PASSWORD=" + ACCENT + "; hgwire pull --user me http://127.0.0.1:1/");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: HGWIRE_PASSWORD has bytes that are not ");
  }

  @Test
  void outputIsUtf8InEveryLocale() throws Exception {
    ShellRun run = ShellRun.of(directory, Map.of("LC_ALL", "C"), "hgwire call --help");
    assertThat(run.out()).contains("h'…'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar", "fa", "mr"})
  void digitsAreAsciiInEveryLocale(String language) throws Exception {
    ShellRun run =
        ShellRun.of(
            directory,
            Map.of("JVM", "-Duser.language=" + language),
            "hgwire demo; hgwire serve --demo --limit x=1; hgwire pull http://127.0.0.1:1/");
    assertThat(run.out()).contains("http://127.0.0.1:");
    assertThat((run.out() + run.err()).codePoints().filter(Character::isDigit))
        .isNotEmpty()
        .allMatch(digit -> digit <= '9');
  }
}
