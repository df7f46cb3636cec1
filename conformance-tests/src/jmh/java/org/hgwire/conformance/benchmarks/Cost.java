// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run cost.
 *
 * @param seconds the elapsed time
 * @param processorSeconds the processor time of the process that is measured
 */
record Cost(double seconds, double processorSeconds) {
  /** Returns the median of each component. */
  static Cost median(List<Cost> costs) {
    return new Cost(median(costs, Cost::seconds), median(costs, Cost::processorSeconds));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
    double[] sorted = costs.stream().mapToDouble(part).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
