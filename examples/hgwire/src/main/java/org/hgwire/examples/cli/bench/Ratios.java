// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** Figures of several rounds, one for each. */
final class Ratios {
  private final List<Double> figures = new ArrayList<>();

  void add(double figure) {
    figures.add(figure);
  }

  /** Returns the median; not a number if there is no figure. */
  double median() {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
