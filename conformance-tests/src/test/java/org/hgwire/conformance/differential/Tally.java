// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has seen: how many inputs, how many of them alike, and how many of each difference.
 */
final class Tally {
  private final Map<String, Long> differences = new TreeMap<>();
  private long alike;
  private Duration took = Duration.ZERO;

  void addAlike(int inputs) {
    alike += inputs;
  }

  void add(Explanation<?> difference) {
    differences.merge(difference.id(), 1L, Long::sum);
  }

  void end(Duration duration) {
    took = duration;
  }

  long alike() {
    return alike;
  }

  long inputs() {
    return alike + differences.values().stream().mapToLong(Long::longValue).sum();
  }

  Duration took() {
    return took;
  }

  /** Returns how many inputs showed a difference. */
  long of(String id) {
    return differences.getOrDefault(id, 0L);
  }

  /** Returns the numbers by the ids of the differences that were seen. */
  Map<String, Long> differences() {
    return Collections.unmodifiableMap(differences);
  }

  /** Returns the ids of {@code explanations} that were not seen. */
  List<String> unseen(List<? extends Explanation<?>> explanations) {
    return explanations.stream().map(Explanation::id).filter(id -> of(id) == 0).toList();
  }

  @Override
  public String toString() {
    return inputs() + " inputs, " + alike + " alike, " + differences;
  }
}
