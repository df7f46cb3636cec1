// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.Arrays;
import java.util.List;

/** An array, set or map whose items are being read. Reused for many containers. */
final class OpenContainer {
  /** The type of the container. */
  enum Kind {
    ARRAY,
    SET,
    MAP
  }

  /**
   * How many items are allocated because the head declares them; beyond that the array grows as
   * they arrive.
   */
  private static final int TRUSTED = 16;

  private static final CborValue[] NONE = {};

  private final DistinctScalars distinct = new DistinctScalars();
  private Kind kind = Kind.ARRAY;
  private CborValue[] items = NONE;
  private int count;
  private int declared;

  /**
   * Begins a container.
   *
   * @param declared the number of items, keys and values of a map counted singly
   */
  void open(Kind kind, int declared) {
    this.kind = kind;
    this.declared = declared;
    count = 0;
    items = declared == 0 ? NONE : new CborValue[Math.min(declared, TRUSTED)];
  }

  Kind kind() {
    return kind;
  }

  /** Returns whether the next item is a map key or a set member. */
  boolean wantsScalar() {
    return kind == Kind.SET || (kind == Kind.MAP && (count & 1) == 0);
  }

  boolean isFull() {
    return count == declared;
  }

  /** Adds the next item; returns false if it is a key or member that occurred before. */
  boolean add(CborValue item) {
    if (wantsScalar() && !distinct.add(item, items, count, kind == Kind.MAP ? 2 : 1)) {
      return false;
    }
    if (count == items.length) {
      items = Arrays.copyOf(items, (int) Math.min(declared, items.length * 2L));
    }
    items[count++] = item;
    return true;
  }

  /** Returns the value of the full container, and empties it. */
  CborValue close() {
    CborValue[] full = items;
    boolean ascending = distinct.ascending();
    items = NONE;
    distinct.clear();
    return switch (kind) {
      case ARRAY -> new CborArray(List.of(full));
      case SET -> CborSet.ofDistinct(full, ascending);
      case MAP -> CborMap.ofDistinct(full, ascending);
    };
  }
}
