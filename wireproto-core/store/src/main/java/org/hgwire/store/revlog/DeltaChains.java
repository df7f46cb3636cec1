// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.util.Arrays;

/**
 * The chains of deltas of a revlog that grows: which revision a delta may be stored against.
 *
 * <p>The chunks that a text is made from must not be longer together than {@value #MAX_RATIO} times
 * the text, and not more than {@value #MAX_LENGTH}. Where readers read a chain in one piece, that
 * piece must not be longer either.
 */
final class DeltaChains {
  private static final int MAX_RATIO = 4;
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_SNAPSHOTS = 4;

  private final RevisionIndex index;
  private final boolean sparse;

  /**
   * Makes the chains.
   *
   * @param sparse whether readers leave out what is between the chunks of a chain
   */
  DeltaChains(RevisionIndex index, boolean sparse) {
    this.index = index;
    this.sparse = sparse;
  }

  /** Returns whether the next revision may be a delta against {@code base}. */
  boolean accept(int base, int storedLength, int textLength) {
    long max = (long) MAX_RATIO * textLength;
    long sum = storedLength;
    int length = 1;
    int bottom = base;
    for (int r = base; r != Revlog.NONE; r = index.base(r)) {
      sum += index.storedLength(r);
      if (sum > max || length++ == MAX_LENGTH) {
        return false;
      }
      bottom = r;
    }
    return sparse || index.end() + storedLength - index.offset(bottom) <= max;
  }

  /** Returns the revision whose text the chain of {@code revision} begins with. */
  int bottom(int revision) {
    int bottom = revision;
    while (index.base(bottom) != Revlog.NONE) {
      bottom = index.base(bottom);
    }
    return bottom;
  }

  /**
   * Returns the snapshots in the chain of a revision, at most {@value #MAX_SNAPSHOTS}, the earliest
   * first: the text that it begins with, and deltas against a snapshot that is no parent.
   */
  int[] snapshots(int revision) {
    int[] chain = new int[16];
    int length = 0;
    for (int r = revision; r != Revlog.NONE; r = index.base(r)) {
      if (length == chain.length) {
        chain = Arrays.copyOf(chain, 2 * length);
      }
      chain[length++] = r;
    }
    int[] snapshots = new int[MAX_SNAPSHOTS];
    int count = 0;
    for (int i = length - 1; i >= 0 && count < MAX_SNAPSHOTS; i--) {
      int base = index.base(chain[i]);
      boolean isSnapshot =
          base == Revlog.NONE
              || (base != index.parent1(chain[i]) && base != index.parent2(chain[i]));
      if (!isSnapshot) {
        break;
      }
      snapshots[count++] = chain[i];
    }
    return Arrays.copyOf(snapshots, count);
  }
}
