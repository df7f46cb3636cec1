// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HgWireTest {
  @Test
  void missingCommandIsRefusedInOneLine() {
    CommandLineRun run = CommandLineRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: a command is missing").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "--nonsense", "call", "pull"})
  void wrongArgumentsPrintOneLineAndExitWith2(String argument) {
    CommandLineRun run = CommandLineRun.of(argument);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: ").contains("--help").hasLineCount(1);
  }

  @Test
  void refusesAnArgumentWithoutAnEqualsSign() {
    CommandLineRun run = CommandLineRun.of("call", "http://127.0.0.1:1/", "lookup", "tip");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: an argument needs NAME=VALUE").hasLineCount(1);
  }

  @Test
  void refusesAMalformedUrl() {
    CommandLineRun run = CommandLineRun.of("pull", "http://[nonsense");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: not a URL: ").hasLineCount(1);
  }
}
