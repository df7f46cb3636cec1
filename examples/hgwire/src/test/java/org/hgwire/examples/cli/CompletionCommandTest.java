// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of completion, in the shells that are installed. */
@Timeout(60)
final class CompletionCommandTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void writeScript() throws Exception {
    CommandLineRun run = CommandLineRun.of("completion", "bash");
    assertThat(run.exitCode()).isZero();
    assertThat(CommandLineRun.of("completion", "zsh").out()).isEqualTo(run.out());
    Files.write(directory.resolve("hgwire.bash"), run.bytes().toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "hgwire pu, pull",
    "hgwire manifest l, lint",
    "hgwire pull --into, --into",
    "hgwire pull --redirects '', off verified",
    "hgwire completion '', bash zsh",
    "hgwire pull --cacert hgwi, hgwire.bash",
    "hgwire serve --clone, --clonebundles",
  })
  void bashCompletes(String words, String expected) throws Exception {
    String script =
        "source ./hgwire.bash; complete -p hgwire >/dev/null || exit 1; COMP_WORDS=("
            + words
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_hgwire 2>/dev/null;"
            + " echo ${COMPREPLY[*]}";
    assertThat(shell("bash", "--norc", "-c", script)).isEqualTo(expected);
  }

  @Test
  void zshLoadsTheScript() throws Exception {
    String script =
        "autoload -Uz compinit; compinit -u -D; source ./hgwire.bash; echo ${_comps[hgwire]}";
    assertThat(shell("zsh", "-f", "-c", script)).contains("_complete_hgwire");
  }

  @Test
  void anotherShellIsRefused() {
    CommandLineRun run = CommandLineRun.of("completion", "fish");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).containsIgnoringCase("[bash, zsh]").hasLineCount(1);
  }

  private static String shell(String... command) throws Exception {
    Assumptions.assumeTrue(
        List.of("/bin/", "/usr/bin/").stream()
            .anyMatch(bin -> Files.exists(Path.of(bin + command[0]))),
        command[0] + " is not installed");
    Path out = directory.resolve("completed");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out).strip();
  }
}
