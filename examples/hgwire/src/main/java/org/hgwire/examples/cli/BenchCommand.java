// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hgwire.examples.cli.bench.Bench;
import org.hgwire.examples.cli.bench.BenchRow;
import org.hgwire.examples.cli.bench.ClientBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hgwire bench}: measures what serving a repository costs, or cloning it. */
@Command(
    name = "bench",
    description =
        "Measure what it costs to serve a repository on disk, against a loop that decompresses"
            + " everything in it once and compresses it with zstd, and against a real hg; or, with"
            + " --client, what it costs to clone it.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = {"-R", "--repository"},
      paramLabel = "PATH",
      required = true,
      description =
          "The repository, without secret or hidden changesets; given again, a larger one to see"
              + " how the cost grows.")
  private List<Path> repositories = List.of();

  @Option(
      names = "--hg",
      paramLabel = "PATH",
      description = "A real hg to compare with; over version 2 only if it is 5.6 or its like.")
  private @Nullable Path hg;

  @Option(
      names = "--client",
      description =
          "Measure the client instead: clones into a repository and call heads, as processes, and"
              + " pulls in this one.")
  private boolean client;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is measured, after a warm-up (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds is at least 1, not " + rounds);
    }
    if (repositories.size() > (client ? 1 : 2)) {
      throw new IllegalArgumentException(
          client ? "--client takes one -R" : "-R is given at most twice");
    }
    if (client) {
      ClientBench bench = new ClientBench(repositories.get(0), hg, rounds, this::progress);
      print("÷ SHA-1", bench.run(), bench.notes());
    } else {
      Path larger = repositories.size() == 2 ? repositories.get(1) : null;
      Bench bench = new Bench(repositories.get(0), larger, hg, rounds, this::progress);
      print("÷ plain loop", bench.run(), bench.notes());
    }
    return 0;
  }

  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private void print(String yardstick, List<BenchRow> rows, List<String> notes) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%-42s %18s %13s %10s%n", "what", "hgwire", yardstick, "against hg");
    for (BenchRow row : rows) {
      out.printf(
          Locale.ROOT,
          "%-42s %18s %13s %10s%n",
          row.what(),
          figure(format(row), row.figure()) + " " + row.unit(),
          figure("%.2f", row.dividedByYardstick()),
          figure("%.2f ×", row.againstHg()));
    }
    notes.forEach(out::println);
    out.flush();
  }

  private static String format(BenchRow row) {
    return switch (row.unit()) {
      case "s" -> "%.3f";
      case "×" -> "%.2f";
      default -> "%,.0f";
    };
  }

  private static String figure(String format, double figure) {
    return Double.isNaN(figure) ? "-" : String.format(Locale.ROOT, format, figure);
  }
}
