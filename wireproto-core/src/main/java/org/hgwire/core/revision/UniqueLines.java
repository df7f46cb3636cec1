// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.util.Arrays;

/**
 * Pairs the lines that occur once in each of two texts. They are sorted by hash, and by their bytes
 * where hashes are equal, so that n lines take n log n steps whatever their hashes are.
 */
final class UniqueLines {
  /** The partner of a line that has none. */
  static final int UNPAIRED = -1;

  private final Lines base;
  private final Lines text;

  UniqueLines(Lines base, Lines text) {
    this.base = base;
    this.text = text;
  }

  /**
   * Returns for each line of the text from {@code from} to {@code textEnd} its partner among those
   * of the base from {@code from} to {@code baseEnd}.
   */
  int[] pairs(int from, int baseEnd, int textEnd) {
    // Each is a hash and, below it, the number of a line; those of the text follow the base's.
    long[] sorted = new long[baseEnd - from + textEnd - from];
    for (int line = from; line < baseEnd; line++) {
      sorted[line - from] = (long) base.hash(line) << Integer.SIZE | line;
    }
    for (int line = from; line < textEnd; line++) {
      sorted[baseEnd - from + line - from] =
          (long) text.hash(line) << Integer.SIZE | (baseEnd + line);
    }
    Arrays.sort(sorted);
    int[] pairs = new int[textEnd - from];
    Arrays.fill(pairs, UNPAIRED);
    for (int start = 0; start < sorted.length; ) {
      int end = start + 1;
      while (end < sorted.length && hash(sorted[end]) == hash(sorted[start])) {
        end++;
      }
      if (end - start > 1) {
        pairEqual(lines(sorted, start, end, baseEnd), from, baseEnd, pairs);
      }
      start = end;
    }
    return pairs;
  }

  private static int hash(long hashAndLine) {
    return (int) (hashAndLine >> Integer.SIZE);
  }

  /** Returns the numbers of lines with the same hash, sorted by their bytes. */
  private Integer[] lines(long[] sorted, int start, int end, int baseEnd) {
    Integer[] lines = new Integer[end - start];
    Arrays.setAll(lines, i -> (int) sorted[start + i]);
    Arrays.sort(lines, (one, other) -> compare(one, other, baseEnd));
    return lines;
  }

  private int compare(int one, int other, int baseEnd) {
    Lines ofOther = other < baseEnd ? base : text;
    int otherLine = other < baseEnd ? other : other - baseEnd;
    return one < baseEnd
        ? base.compare(one, ofOther, otherLine)
        : text.compare(one - baseEnd, ofOther, otherLine);
  }

  /** Pairs a line of the base and one of the text if they are equal, and no others are to them. */
  private void pairEqual(Integer[] lines, int from, int baseEnd, int[] pairs) {
    for (int start = 0; start < lines.length; ) {
      int end = start + 1;
      while (end < lines.length && compare(lines[end - 1], lines[end], baseEnd) == 0) {
        end++;
      }
      // The sort is stable, so the line of the base comes first.
      if (end - start == 2 && lines[start] < baseEnd && lines[start + 1] >= baseEnd) {
        pairs[lines[start + 1] - baseEnd - from] = lines[start];
      }
      start = end;
    }
  }
}
