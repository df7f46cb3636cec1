// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of processes below {@code /proc}; elsewhere nothing is known, and each figure is
 * no number.
 */
final class ProcessFiles {
  /** The unit of processor times below {@code /proc}, whatever the kernel counts in. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int KIB = 1024;

  /** Where the time of children is, in user mode and in the kernel, after the name. */
  private static final int CHILDREN_USER = 13;

  private static final int CHILDREN_KERNEL = 14;

  private ProcessFiles() {}

  /**
   * Returns the processor time, in seconds, of all children of this process that have ended, with
   * their own children that they waited for.
   */
  static double processorSecondsOfChildren() {
    return processorSecondsOfChildren(read(Path.of("/proc/self/stat")));
  }

  /** Returns the same from what {@code /proc/PID/stat} says. */
  static double processorSecondsOfChildren(String stat) {
    // The name of the program is in parentheses, and may have some.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length <= CHILDREN_KERNEL
        ? Double.NaN
        : (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_KERNEL]))
            / TICKS_PER_SECOND;
  }

  /** Returns the most memory in bytes that a process has had; no number if it has ended. */
  static double peakBytes(long process) {
    return peakBytes(read(Path.of("/proc", String.valueOf(process), "status")));
  }

  /** Returns the same from what {@code /proc/PID/status} says. */
  static double peakBytes(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmHWM:") && line.endsWith(" kB"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * KIB)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unknown) {
      return "";
    }
  }
}
