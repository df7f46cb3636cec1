// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.hgwire.conformance.cases.CaseCatalog;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.cases.SuiteCase;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.junit.jupiter.api.Test;

/** The matrix that is kept: when it is not that of the cases, the script makes it again. */
final class MatrixTest {
  private final List<Result> results = MatrixPages.results();

  MatrixTest() throws IOException {}

  @Test
  void resultsAreThoseOfAllCases() {
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(
            result ->
                assertThat(result.cases())
                    .extracting(ResultCase::id)
                    .containsExactlyElementsOf(
                        CaseCatalog.all(Profile.named(result.profile())).stream()
                            .map(SuiteCase::id)
                            .toList()));
  }

  @Test
  void nothingIsUnexpected() {
    assertThat(results).allSatisfy(result -> assertThat(result.unexpected()).isEmpty());
    assertThat(results)
        .filteredOn(result -> result.peer().equals("hgwire"))
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.count(Verdict.EXPECTED_FAILURE)).isZero());
  }

  @Test
  void readmeIsMadeOfTheResults() throws IOException {
    String readme = Files.readString(KnownServers.MATRIX.resolve("README.md"));

    assertThat(MatrixPages.inserted(readme, results)).isEqualTo(readme);
  }
}
