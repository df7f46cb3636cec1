// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Notices a map key or set member that occurs twice. As long as they come in ascending order a
 * comparison with the last one is enough; then a tree takes over. Not a hash table: whoever sends
 * the keys could make all their hashes the same.
 */
final class DistinctScalars {
  private @Nullable CborValue last;
  private @Nullable TreeSet<CborValue> seen;

  /** Forgets everything. */
  void clear() {
    last = null;
    seen = null;
  }

  /** Returns whether all that was added came in strictly ascending order. */
  boolean ascending() {
    return seen == null;
  }

  /**
   * Adds {@code value} and returns whether it is new.
   *
   * @param items where those that were added before are, from index 0 on
   * @param count the number of items there
   * @param stride how far apart they are: 2 for the keys among the keys and values of a map
   */
  boolean add(CborValue value, CborValue[] items, int count, int stride) {
    TreeSet<CborValue> tree = seen;
    if (tree == null) {
      CborValue previous = last;
      if (previous == null || CborOrder.INSTANCE.compare(previous, value) < 0) {
        last = value;
        return true;
      }
      tree = new TreeSet<>(CborOrder.INSTANCE);
      for (int i = 0; i < count; i += stride) {
        tree.add(items[i]);
      }
      seen = tree;
    }
    return tree.add(value);
  }
}
