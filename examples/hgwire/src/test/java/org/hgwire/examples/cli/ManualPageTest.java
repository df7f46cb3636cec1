// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManualPageTest {
  private static final Pattern OPTION = Pattern.compile("--[a-z0-9-]+");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "bundle",
        "bundles",
        "call",
        "cbor",
        "completion",
        "demo",
        "frames",
        "man",
        "manifest lint",
        "manifest select",
        "pull",
        "serve"
      })
  void hasEveryCommandAndOption(String command) {
    String page = CommandLineRun.of("man").out();
    assertThat(page).contains("\n.SS \"hgwire " + command + "\"\n");
    Matcher option = OPTION.matcher(CommandLineRun.of((command + " --help").split(" ")).out());
    while (option.find()) {
      assertThat(page).contains(option.group().replace("-", "\\-"));
    }
  }

  @Test
  void hasExitStatusAndEnvironment() {
    assertThat(CommandLineRun.of("man").out())
        .contains("\n.SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\nsuccess\n")
        .contains("\n.TP\n\\fB143\\fR\n")
        .contains("\n.SH \"ENVIRONMENT\"\n.TP\n\\fBHGWIRE_PASSWORD\\fR\n");
  }

  @Test
  void isAsciiWithoutMacrosInItsText() {
    assertThat(CommandLineRun.of("man").out().lines())
        .allMatch(line -> line.matches("(\\.(TH|SH|SS|TP|PP|br)\\b)?[ -~&&[^']]*"))
        .noneMatch(line -> line.startsWith("'"));
  }

  @Test
  void groffRendersItWithoutWarnings(@TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/groff")), "groff is not installed");
    ShellRun run =
        ShellRun.of(directory, Map.of(), "hgwire man | groff -man -ww -Tutf8 | sed 's/.\\x08//g'");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("SYNOPSIS", "hgwire manifest lint", "nodes=[h'…']");
  }
}
