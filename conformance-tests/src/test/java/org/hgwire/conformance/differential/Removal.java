// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.List;

/** Lists with less in them. */
final class Removal {
  private Removal() {}

  /**
   * Returns {@code items} without each of its runs of half, a quarter, and so on, of its length.
   */
  static <T> List<List<T>> of(List<T> items) {
    List<List<T>> smaller = new ArrayList<>();
    for (int length = (items.size() + 1) / 2; length > 0; length /= 2) {
      for (int from = 0; from < items.size(); from += length) {
        List<T> rest = new ArrayList<>(items);
        rest.subList(from, Math.min(from + length, items.size())).clear();
        smaller.add(rest);
      }
    }
    return smaller;
  }
}
