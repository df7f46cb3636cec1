// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.cases.Profile;

/**
 * The result of a run of one profile.
 *
 * @param profile the profile
 * @param peer the name of the peer
 * @param configuration how it was run
 * @param cases the results of all cases of the profile, in the order of the catalog, also of those
 *     that were not run
 */
public record SuiteResult(
    Profile profile, String peer, SuiteConfiguration configuration, List<CaseResult> cases) {
  /** Copies the list. */
  public SuiteResult {
    cases = List.copyOf(cases);
  }

  /** Returns the number of cases with each verdict. */
  public Map<Verdict, Integer> summary() {
    Map<Verdict, Integer> summary = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      summary.put(verdict, 0);
    }
    cases.forEach(result -> summary.merge(result.verdict(), 1, Integer::sum));
    return summary;
  }

  /** Returns the results that nobody expected: none, if the run succeeded. */
  public List<CaseResult> unexpected() {
    return cases.stream().filter(result -> result.verdict().isUnexpected()).toList();
  }
}
