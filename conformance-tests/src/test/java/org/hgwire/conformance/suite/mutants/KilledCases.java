// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;

/** Which cases mutants failed, and how many each. */
public final class KilledCases {
  private final Map<Variant, Integer> counts = new LinkedHashMap<>();
  private final Set<String> killed = new TreeSet<>();

  /** Makes an empty tally. */
  public KilledCases() {}

  /** Adds what a mutant failed. */
  public void add(Variant mutant, Result result) {
    add(mutant, result, next -> true);
  }

  /** Adds what a mutant failed, if the failure counts. */
  public void add(Variant mutant, Result result, Predicate<ResultCase> counts) {
    Set<String> failed =
        result.cases().stream()
            .filter(next -> next.result() == Verdict.FAIL && counts.test(next))
            .map(ResultCase::id)
            .collect(Collectors.toSet());
    this.counts.put(mutant, failed.size());
    killed.addAll(failed);
  }

  /** Returns the ids of the cases that a mutant failed. */
  Set<String> killed() {
    return killed;
  }

  /** Returns how many cases each mutant failed, in the order in which they ran. */
  Map<Variant, Integer> counts() {
    return counts;
  }

  /**
   * Throws unless each case that the peer without fault passed is killed, and each mutant kills.
   */
  public void assertComplete(List<ResultCase> withoutFault) {
    assertThat(withoutFault)
        .filteredOn(next -> next.result() == Verdict.PASS)
        .extracting(ResultCase::id)
        .filteredOn(id -> !killed.contains(id))
        .as("cases that no mutant fails")
        .isEmpty();
    assertThat(counts.entrySet())
        .filteredOn(entry -> entry.getValue() == 0)
        .extracting(entry -> entry.getKey().name())
        .as("mutants that no case fails")
        .isEmpty();
  }
}
