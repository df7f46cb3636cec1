// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program cost that ran to its end.
 *
 * @param seconds the elapsed time, with its start
 * @param processorSeconds its processor time, in steps of 10 ms, with that of its children; no
 *     number where there is no {@code /proc}
 * @param peakBytes the most memory that it had, as of the last look some milliseconds before its
 *     end; no number where there is no {@code /proc}
 */
record ProgramCost(double seconds, double processorSeconds, double peakBytes) {
  private static final int LOOK_MILLIS = 5;

  /**
   * Runs a program. No other child of this process may end meanwhile.
   *
   * @param output a file for what it writes
   * @throws IOException if it cannot be started, or fails; with what it wrote
   */
  static ProgramCost of(List<String> line, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("HGPLAIN", "1");
    builder.environment().put("HGRCPATH", "");
    double before = ProcessFiles.processorSecondsOfChildren();
    long begin = System.nanoTime();
    Process process = builder.start();
    double peak = Double.NaN;
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        double now = ProcessFiles.peakBytes(process.pid());
        peak = Double.isNaN(now) ? peak : now;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    } finally {
      process.destroyForcibly();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", line) + " failed: " + Files.readString(output));
    }
    return new ProgramCost(seconds, ProcessFiles.processorSecondsOfChildren() - before, peak);
  }

  /** Returns the cost of this and another program, one after the other. */
  ProgramCost and(ProgramCost other) {
    return new ProgramCost(
        seconds + other.seconds,
        processorSeconds + other.processorSeconds,
        Math.max(peakBytes, other.peakBytes));
  }
}
