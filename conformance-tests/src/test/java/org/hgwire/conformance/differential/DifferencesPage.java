// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.conformance.suite.KnownServers;

/**
 * The page with the lists of differences and what long runs saw of them: a section for each part,
 * between markers with its name. {@code -Dhgwire.differential.page=FILE} has a run write its own.
 */
final class DifferencesPage {
  private static final String PROPERTY = "hgwire.differential.page";
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| (.*) \\| ([0-9,]+) \\|$", Pattern.MULTILINE);

  /** A difference as the page has it. */
  record Row(String id, String reason, long inputs) {}

  private DifferencesPage() {}

  /** Returns what the page in the repository has of a part. */
  static List<Row> rows(String part) {
    try {
      String page = Files.readString(KnownServers.MATRIX.resolve("differences.md"));
      Matcher matcher = ROW.matcher(page.substring(begin(page, part), end(page, part)));
      List<Row> rows = new ArrayList<>();
      while (matcher.find()) {
        long inputs = Long.parseLong(matcher.group(3).replace(",", ""));
        rows.add(new Row(matcher.group(1), matcher.group(2), inputs));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the section of a part, if a property says so. */
  static void write(String part, Tally tally, List<? extends Explanation<?>> explanations)
      throws IOException {
    String file = System.getProperty(PROPERTY, "");
    if (!file.isEmpty()) {
      Path path = Path.of(file);
      String page = Files.readString(path);
      Files.writeString(
          path,
          page.substring(0, begin(page, part))
              + section(tally, explanations)
              + page.substring(end(page, part)));
    }
  }

  private static String section(Tally tally, List<? extends Explanation<?>> explanations) {
    StringBuilder text = new StringBuilder();
    text.append(
        "\n%,d inputs in %,d seconds, seed %d: %,d alike, %,d with an explained difference.%n%n"
            .formatted(
                tally.inputs(),
                tally.took().toSeconds(),
                Rounds.seed(),
                tally.alike(),
                tally.inputs() - tally.alike()));
    if (!explanations.isEmpty()) {
      text.append("| difference | what and why | inputs |\n|---|---|---:|\n");
      for (Explanation<?> each : explanations) {
        text.append(
            "| `%s` | %s | %,d |%n".formatted(each.id(), each.reason(), tally.of(each.id())));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int begin(String page, String part) {
    String marker = "<!-- " + part + ": begin -->\n";
    return page.indexOf(marker) + marker.length();
  }

  private static int end(String page, String part) {
    return page.indexOf("<!-- " + part + ": end -->\n");
  }
}
