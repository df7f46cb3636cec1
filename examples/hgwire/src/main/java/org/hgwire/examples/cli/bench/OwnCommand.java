// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of hgwire in a process of its own. */
final class OwnCommand {
  /** The variable that the script {@code bin/hgwire} sets to its own path. */
  private static final String LAUNCHER = "HGWIRE_LAUNCHER";

  private OwnCommand() {}

  /**
   * Returns the command line: of the script that started this process, else of this Java with the
   * options that it has.
   */
  static List<String> line(List<String> arguments) {
    return line(System.getenv(LAUNCHER), arguments);
  }

  static List<String> line(@Nullable String launcher, List<String> arguments) {
    if (launcher == null) {
      return java(ManagementFactory.getRuntimeMXBean().getInputArguments(), arguments);
    }
    List<String> line = new ArrayList<>();
    line.add(launcher);
    line.addAll(arguments);
    return line;
  }

  /**
   * Returns a command line of this Java with its options for compilers, collector and class
   * archive, whatever started it.
   *
   * @param heap the size of the heap, such as {@code 256m}
   */
  static List<String> withHeap(String heap, List<String> arguments) {
    List<String> options = new ArrayList<>();
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("-XX:") || option.startsWith("-Xlog:")) {
        options.add(option);
      }
    }
    options.add("-Xmx" + heap);
    return java(options, arguments);
  }

  private static List<String> java(List<String> options, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add("org.hgwire.examples.cli.HgWire");
    line.addAll(arguments);
    return line;
  }
}
