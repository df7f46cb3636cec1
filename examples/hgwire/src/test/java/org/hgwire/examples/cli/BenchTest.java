// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.examples.cli.bench.Bench;
import org.hgwire.examples.cli.bench.BenchRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchTest {
  @TempDir Path temporary;

  /** Small repositories: the figures say nothing, but each row has one. */
  @Test
  void everyRowIsMeasured() throws IOException {
    Path small = temporary.resolve("small");
    Path larger = temporary.resolve("larger");
    DiskRepository.create(small, 20);
    DiskRepository.create(larger, 40);
    List<String> progress = new ArrayList<>();
    Bench bench = new Bench(small, larger, null, 1, progress::add);

    List<BenchRow> rows = bench.run();

    assertThat(rows)
        .filteredOn(row -> !row.what().endsWith("heap in use"))
        .hasSizeGreaterThan(14)
        .allSatisfy(row -> assertThat(row.figure()).as(row.what()).isNotNaN());
    assertThat(rows).filteredOn(row -> !Double.isNaN(row.dividedByYardstick())).hasSize(6);
    assertThat(bench.notes()).noneMatch(note -> note.contains("complete"));
    assertThat(progress).contains("round 1 of 1");
  }
}
