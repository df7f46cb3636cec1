// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.time.Duration;
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

  /** Adds what another run has seen. */
  void addAll(Tally other) {
    other.differences.forEach((id, count) -> differences.merge(id, count, Long::sum));
    alike += other.alike;
    took = took.plus(other.took);
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

  @Override
  public String toString() {
    return inputs() + " inputs, " + alike + " alike, " + differences;
  }
}
