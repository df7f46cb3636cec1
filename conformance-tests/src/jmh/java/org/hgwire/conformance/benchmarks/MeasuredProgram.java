// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hgwire.conformance.mercurial.Hg;

/** Runs a program to its end and measures it with the {@code time} of bash. */
final class MeasuredProgram {
  private static final long PATIENCE_MINUTES = 10;

  private MeasuredProgram() {}

  /** Returns what {@code line} cost, including its children; fails if it does. */
  static Cost run(Path directory, List<String> line) throws IOException, InterruptedException {
    Path times = Files.createTempFile(directory, "times", "");
    File output = Files.createTempFile(directory, "output", "").toFile();
    List<String> timed =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                "out=$1 times=$2; shift 2; TIMEFORMAT='%3R %3U %3S';"
                    + " { time \"$@\" >\"$out\" 2>&1; } 2>\"$times\"",
                "bash",
                output.toString(),
                times.toString()));
    timed.addAll(line);
    ProcessBuilder builder = new ProcessBuilder(timed).directory(directory.toFile());
    Hg.cleanEnvironment(builder);
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(line + " did not end within " + PATIENCE_MINUTES + " minutes");
      }
      if (process.exitValue() != 0) {
        throw new IOException(line + " failed:\n" + Files.readString(output.toPath()));
      }
      String[] figures = Files.readString(times).strip().split(" ", -1);
      return new Cost(
          Double.parseDouble(figures[0]),
          Double.parseDouble(figures[1]) + Double.parseDouble(figures[2]));
    } finally {
      Hg.kill(process);
    }
  }
}
