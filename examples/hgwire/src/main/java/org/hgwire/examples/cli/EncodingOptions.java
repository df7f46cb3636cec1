// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.List;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.ZstdLibrary;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says which content encodings are used. */
final class EncodingOptions {
  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      split = ",",
      description =
          "Use these content encodings, most preferred first (default: zstd-8mb,zlib,identity).")
  private List<String> names = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Returns the content encodings that were given, or the standard ones; prints a warning if zstd
   * is not among these.
   *
   * @throws IllegalArgumentException if one is unknown, cannot be used here, or occurs twice
   */
  ContentEncodings encodings() {
    if (!names.isEmpty()) {
      return ContentEncodings.named(names.toArray(String[]::new));
    }
    warnOfZstd(spec);
    return ContentEncodings.standard();
  }

  /** Prints a warning if zstd cannot be used. */
  static void warnOfZstd(CommandSpec spec) {
    ZstdLibrary.problem()
        .ifPresent(
            problem -> {
              spec.commandLine().getErr().println("hgwire: zstd is not used: " + problem);
              spec.commandLine().getErr().flush();
            });
  }
}
