// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.ResultReader;
import org.hgwire.conformance.report.Verdict;

/** The results of the matrix, and the part of its README that is made of them. */
final class MatrixPages {
  /** The directory of the results. */
  static final Path RESULTS = KnownServers.MATRIX.resolve("results");

  private static final String BEGIN = "<!-- results: begin -->\n";
  private static final String END = "<!-- results: end -->\n";

  private MatrixPages() {}

  /** Reads all results, in the order of the names of their files. */
  static List<Result> results() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(RESULTS)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Result> results = new ArrayList<>();
    for (Path file : files) {
      try (InputStream input = Files.newInputStream(file)) {
        results.addAll(ResultReader.read(input));
      }
    }
    return results;
  }

  /** Returns {@code readme} with {@code results} between its markers. */
  static String inserted(String readme, List<Result> results) {
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    return readme.substring(0, begin) + "\n" + markdown(results) + "\n" + readme.substring(end);
  }

  private static String markdown(List<Result> results) {
    StringBuilder text = new StringBuilder("| profile | implementation |");
    List<Verdict> columns =
        Stream.of(Verdict.values())
            .filter(verdict -> results.stream().anyMatch(next -> next.count(verdict) > 0))
            .toList();
    columns.forEach(verdict -> text.append(' ').append(verdict.word()).append(" |"));
    text.append("\n|---|---|").append("--:|".repeat(columns.size())).append('\n');
    List<Result> sorted =
        results.stream().sorted(Comparator.comparing(Result::profile).reversed()).toList();
    for (Result result : sorted) {
      text.append("| ").append(result.profile()).append(" | ").append(result.peer()).append(" |");
      columns.forEach(verdict -> text.append(' ').append(result.count(verdict)).append(" |"));
      text.append('\n');
    }
    for (Map.Entry<String, List<Result>> profile : byProfile(sorted).entrySet()) {
      faults(profile.getKey(), profile.getValue(), text);
    }
    return text.toString();
  }

  private static Map<String, List<Result>> byProfile(List<Result> results) {
    Map<String, List<Result>> profiles = new LinkedHashMap<>();
    for (Result result : results) {
      profiles.computeIfAbsent(result.profile(), name -> new ArrayList<>()).add(result);
    }
    return profiles;
  }

  /** One line for each case and explanation, with the peers that it is true of. */
  private static void faults(String profile, List<Result> results, StringBuilder text) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (Result result : results) {
      for (ResultCase next : result.cases()) {
        if (next.result() == Verdict.EXPECTED_FAILURE) {
          String line =
              "| `" + next.id() + "` | " + next.level() + " | " + next.reason().replace("|", "\\|");
          lines.computeIfAbsent(line, key -> new ArrayList<>()).add(result.peer());
        }
      }
    }
    if (!lines.isEmpty()) {
      text.append("\n### Faults found by ").append(profile).append("\n\n");
      text.append("| case | level | what is seen | in |\n|---|---|---|---|\n");
      lines.forEach(
          (line, peers) ->
              text.append(line).append(" | ").append(String.join(", ", peers)).append(" |\n"));
    }
  }
}
