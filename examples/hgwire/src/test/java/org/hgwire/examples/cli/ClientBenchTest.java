// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.examples.cli.bench.BenchRow;
import org.hgwire.examples.cli.bench.ClientBench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With small repositories: the figures say nothing, but each row has one. */
final class ClientBenchTest {
  /** Serves by hgwire, and clones one file of one byte. */
  private static final String FAKE_HG =
      """
      #!/bin/sh
      case $1 in
        serve) exec '%s' -cp '%s' org.hgwire.examples.cli.HgWire serve --quiet -R "$3" ;;
        clone) mkdir -p "$4/.hg/store" && printf x > "$4/.hg/store/00changelog.i" ;;
        verify) test -f "$3/.hg/store/00changelog.i" ;;
        identify) echo "$2" ;;
        *) exit 1 ;;
      esac
      """;

  @TempDir private Path temporary;
  private Path repository;

  @BeforeEach
  void createRepository() throws IOException {
    repository = temporary.resolve("repository");
    DiskRepository.create(repository, 20);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void everyRowIsMeasured() throws IOException {
    List<String> progress = new ArrayList<>();
    ClientBench bench = new ClientBench(repository, null, 1, progress::add);

    List<BenchRow> rows = bench.run();

    assertThat(rows)
        .filteredOn(row -> !row.what().startsWith("from hg serve"))
        .hasSize(7)
        .allSatisfy(row -> assertThat(row.figure()).as(row.what()).isPositive());
    assertThat(rows).filteredOn(row -> !Double.isNaN(row.dividedByYardstick())).hasSize(1);
    assertThat(bench.notes()).singleElement().asString().startsWith("÷ SHA-1: divided by");
    assertThat(progress).contains("round 1 of 1");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void rowsOfProgramsAreComparedWithHg() throws IOException {
    Path hg = temporary.resolve("hg");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(hg, FAKE_HG.formatted(java, System.getProperty("java.class.path")));
    assertThat(hg.toFile().setExecutable(true)).isTrue();

    List<BenchRow> rows = new ClientBench(repository, hg, 1, line -> {}).run();

    assertThat(rows)
        .filteredOn(row -> !Double.isNaN(row.againstHg()))
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.figure()).as(row.what()).isPositive());
    BenchRow size = rows.get(4);
    assertThat(size.againstHg()).as(size.what()).isEqualTo(size.figure());
  }

  @Test
  void takesOneRepository() {
    CommandLineRun run =
        CommandLineRun.of(
            "bench", "--client", "-R", repository.toString(), "-R", repository.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--client takes one -R");
  }
}
