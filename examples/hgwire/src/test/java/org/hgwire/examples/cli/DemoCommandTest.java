// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DemoCommandTest {
  @Test
  void everyPullIsCompleteWhateverTheContentHostDoes() {
    CommandLineRun run = CommandLineRun.of("demo");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .anySatisfy(line -> assertThat(line).matches("the first, kept \\d+ 0 0 0"))
        .anySatisfy(line -> assertThat(line).matches("the second, redirected \\d+ \\d+ 3 0"))
        .anySatisfy(line -> assertThat(line).matches("one bit is flipped \\d+ \\d+ 2 1"))
        .anySatisfy(
            line -> assertThat(line).matches("filesdata from https://.*: not used, hash: .*"))
        .anySatisfy(line -> assertThat(line).matches("another certificate \\d+ 0 0 1"))
        .anySatisfy(line -> assertThat(line).matches("changesetdata from .*: not used, pin: .*"));
  }
}
