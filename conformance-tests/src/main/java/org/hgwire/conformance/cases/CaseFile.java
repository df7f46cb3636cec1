// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Splits a file into cases: blank lines separate them, {@code #} begins a comment. */
final class CaseFile {
  private static final String CASE = "case ";

  private CaseFile() {}

  /** Reads a case, line by line. */
  interface Lines<T extends SuiteCase> {
    void add(String line);

    T build();
  }

  /**
   * Reads cases.
   *
   * @param text the cases
   * @param source where they are from, for errors
   * @param begin begins a case with an id
   * @throws IllegalArgumentException if {@code text} is not in the notation
   */
  static <T extends SuiteCase> List<T> read(
      String text, String source, Function<String, ? extends Lines<T>> begin) {
    List<T> cases = new ArrayList<>();
    Lines<T> builder = null;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        if (line.startsWith(CASE)) {
          if (builder != null) {
            cases.add(builder.build());
          }
          builder = begin.apply(line.substring(CASE.length()));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          if (builder == null) {
            throw new IllegalArgumentException("a file of cases begins with one");
          }
          builder.add(line);
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException | ClassCastException e) {
        throw new IllegalArgumentException(
            source + ":" + number + ": " + line + ": " + e.getMessage(), e);
      }
    }
    if (builder != null) {
      cases.add(builder.build());
    }
    return cases;
  }
}
