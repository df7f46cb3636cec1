// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/conformance/differences.md} has the lists of the tests, few of which are rare. */
final class DifferencesPageTest {
  @Test
  void pageHasTheExplanationsOfFrames() {
    assertIsOnThePage("frames", FrameDifferencesTest.EXPLANATIONS);
  }

  @Test
  void pageHasTheExplanationsOfCbor() {
    assertIsOnThePage("cbor", CborDifferencesTest.EXPLANATIONS);
  }

  @Test
  void pageHasTheExplanationsOfBundles() {
    assertIsOnThePage("bundles", BundleDifferencesTest.EXPLANATIONS);
  }

  private static void assertIsOnThePage(String part, List<? extends Explanation<?>> explanations) {
    List<DifferencesPage.Row> rows = DifferencesPage.rows(part);
    assertThat(rows)
        .extracting(DifferencesPage.Row::id, DifferencesPage.Row::reason)
        .containsExactlyElementsOf(
            explanations.stream().map(each -> tuple(each.id(), each.reason())).toList());
    assertThat(rows.stream().filter(row -> row.inputs() == 0))
        .as("not seen in the run that the page has")
        .hasSizeLessThanOrEqualTo(rows.size() / 5);
  }
}
