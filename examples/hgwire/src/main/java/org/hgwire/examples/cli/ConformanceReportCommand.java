// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hgwire conformance report}: puts results of several runs side by side. */
@Command(
    name = "report",
    description =
        "Put results of several runs side by side: the JSON of `conformance server` and `client`.",
    mixinStandardHelpOptions = true)
final class ConformanceReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Results in JSON, in the order of the columns.")
  private List<Path> inputs = new ArrayList<>();

  @Mixin private ResultFiles files = new ResultFiles();

  @Override
  public Integer call() throws IOException {
    if (!files.any()) {
      throw new IllegalArgumentException("nothing is written: give --html, --json or --junit");
    }
    files.requireDirectories();
    List<Result> results = new ArrayList<>();
    for (Path input : inputs) {
      try (InputStream in = NamedInput.open(input)) {
        results.addAll(ResultReader.read(in));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(input + ": " + e.getMessage(), e);
      }
    }
    files.write(results);
    return 0;
  }
}
