// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Detects a map key or set member that occurs twice. While they arrive in ascending order a
 * comparison with the last one is enough; after that a tree is used. A hash table would let a peer
 * choose keys whose hashes collide.
 */
final class DistinctScalars {
  private @Nullable CborValue last;
  private @Nullable TreeSet<CborValue> seen;

  /** Forgets everything. */
  void clear() {
    last = null;
    seen = null;
  }

  /** Returns whether all values were added in strictly ascending order. */
  boolean ascending() {
    return seen == null;
  }

  /**
   * Adds {@code value} and returns whether it is new.
   *
   * @param items the array that starts with the values added before
   * @param count the number of items in it
   * @param stride the distance between values: 2 for the keys among the keys and values of a map
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
