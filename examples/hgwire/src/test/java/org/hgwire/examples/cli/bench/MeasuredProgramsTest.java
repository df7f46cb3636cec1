// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of other processes, and how their output is read. */
final class MeasuredProgramsTest {
  @TempDir private Path temporary;

  @Test
  void timeOfChildrenFollowsTheName() {
    String stat = "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 11 12 150 25 20 0 1\n";
    assertThat(ProcessFiles.processorSecondsOfChildren(stat)).isEqualTo(1.75);
  }

  @Test
  void peakIsInBytes() {
    assertThat(ProcessFiles.peakBytes("VmPeak:\t  9 kB\nVmHWM:\t  3 kB\nVmRSS:\t 2 kB\n"))
        .isEqualTo(3072);
  }

  @Test
  void whatIsNotKnownIsNoNumber() {
    assertThat(ProcessFiles.processorSecondsOfChildren("")).isNaN();
    assertThat(ProcessFiles.peakBytes("")).isNaN();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void programIsMeasured() throws IOException {
    ProgramCost cost = run("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done");
    assertThat(cost.seconds()).isPositive();
    assertThat(cost.processorSeconds()).isBetween(0.01, 60.0);
    assertThat(cost.peakBytes()).isBetween(64.0 * 1024, 1e9);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void failureSaysWhatTheProgramWrote() {
    assertThatThrownBy(() -> run("echo no such thing; exit 3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("failed: no such thing");
  }

  @Test
  void rateOfOpensslIsInBytes() {
    assertThat(HashingRate.ofOpenssl("+H:16384\n+F:4:sha1:1898641341.94\n"))
        .isEqualTo(1_898_641_341.94);
    assertThat(HashingRate.ofOpenssl("unknown option -mr\n")).isNaN();
  }

  @Test
  void launcherRunsOtherCommandsToo() {
    assertThat(OwnCommand.line("/a b/hgwire", List.of("call", "u")))
        .containsExactly("/a b/hgwire", "call", "u");
    assertThat(OwnCommand.line(null, List.of("call", "u")))
        .contains("org.hgwire.examples.cli.HgWire")
        .endsWith("call", "u");
  }

  private ProgramCost run(String script) throws IOException {
    return ProgramCost.of(List.of("/bin/sh", "-c", script), temporary.resolve("output"));
  }
}
