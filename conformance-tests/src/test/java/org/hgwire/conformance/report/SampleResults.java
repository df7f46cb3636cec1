// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Results as the suite writes them, made up. */
final class SampleResults {
  private SampleResults() {}

  /** Reads one of the files beside this class. */
  static List<Result> read(String name) throws IOException {
    String file = name + ".json";
    try (InputStream input =
        Objects.requireNonNull(SampleResults.class.getResourceAsStream(file), file)) {
      return ResultReader.read(input);
    }
  }

  /** Reads the results of all implementations. */
  static List<Result> all() throws IOException {
    List<Result> results = new ArrayList<>();
    for (String name : List.of("hgwire", "hg-5.6.1", "hg-6.3.2", "hg-7.0.1", "hg-7.2.4")) {
      results.addAll(read(name));
    }
    return results;
  }

  /** Returns the page of {@code results}. */
  static String page(List<Result> results) throws IOException {
    StringBuilder page = new StringBuilder();
    HtmlReport.write(results, page);
    return page.toString();
  }
}
