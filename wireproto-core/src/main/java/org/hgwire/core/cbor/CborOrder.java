// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.Comparator;

/**
 * The order of map keys and set members in encoded form: null, false, true, byte strings (unsigned,
 * lexicographic), integers (numeric).
 */
final class CborOrder implements Comparator<CborValue> {
  static final CborOrder INSTANCE = new CborOrder();

  private CborOrder() {}

  @Override
  public int compare(CborValue left, CborValue right) {
    if (left instanceof CborBytes a && right instanceof CborBytes b) {
      return a.value().compareTo(b.value());
    }
    int rank = Integer.compare(rank(left), rank(right));
    if (rank != 0) {
      return rank;
    }
    if (left instanceof CborInteger a && right instanceof CborInteger b) {
      return a.compareTo(b);
    }
    return 0;
  }

  /** Returns whether {@code value} may be a key or a member. */
  static boolean isScalar(CborValue value) {
    return rank(value) >= 0;
  }

  /** Throws an {@link IllegalArgumentException} unless {@code value} may be a key or a member. */
  static void requireScalar(CborValue value) {
    if (!isScalar(value)) {
      throw new IllegalArgumentException(
          "a map key or set member is null, a boolean, a byte string or an integer, not " + value);
    }
  }

  private static int rank(CborValue value) {
    if (value instanceof CborNull) {
      return 0;
    }
    if (value instanceof CborBoolean bool) {
      return bool.value() ? 2 : 1;
    }
    if (value instanceof CborBytes) {
      return 3;
    }
    return value instanceof CborInteger ? 4 : -1;
  }
}
