// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hgwire.conformance.report.HtmlReport;
import org.hgwire.conformance.report.JUnitReport;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of files with results. */
final class ResultFiles {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results as JUnit's XML, for build servers.")
  private @Nullable Path junit;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the results as a page: what was sent and received in failed cases.")
  private @Nullable Path html;

  /** Returns whether a file was asked for. */
  boolean any() {
    return json != null || junit != null || html != null;
  }

  /**
   * Checks that there are directories for the files, before a run of minutes.
   *
   * @throws IOException if there is none
   */
  void requireDirectories() throws IOException {
    for (Path file : Stream.of(json, junit, html).filter(Objects::nonNull).toList()) {
      Path directory = file.toAbsolutePath().resolveSibling("");
      if (!Files.isDirectory(directory)) {
        throw new FileSystemException(file.toString(), null, "there is no directory " + directory);
      }
    }
  }

  /** Writes the files that were asked for. */
  void write(List<Result> results) throws IOException {
    if (json != null) {
      try (NewFile file = NewFile.create(json)) {
        ResultWriter.write(results, file);
        file.complete();
      }
    }
    if (junit != null) {
      try (NewFile file = NewFile.create(junit)) {
        JUnitReport.write(results, file);
        file.complete();
      }
    }
    if (html != null) {
      try (NewFile file = NewFile.create(html)) {
        Writer writer = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
        HtmlReport.write(results, writer);
        writer.flush();
        file.complete();
      }
    }
  }
}
