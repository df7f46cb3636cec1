// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The ancestors of heads, the heads included, that are neither roots nor ancestors of roots. */
public final class Range {
  private final int[] roots;
  private final int[] heads;

  /**
   * Creates a range. The arrays are not copied.
   *
   * @param roots the numbers of the roots
   * @param heads the numbers of the heads
   */
  public Range(int[] roots, int[] heads) {
    this.roots = roots;
    this.heads = heads;
  }

  /** Returns the numbers of the roots: the array itself. */
  int[] roots() {
    return roots;
  }

  /** Returns the numbers of the heads: the array itself. */
  int[] heads() {
    return heads;
  }

  /** Returns fewer ranges with the same union: those with the same roots become one. */
  static List<Range> merge(List<Range> ranges) {
    NavigableMap<int[], List<int[]>> headsOfRoots = new TreeMap<>(Arrays::compare);
    for (Range range : ranges) {
      int[] sorted = IntStream.of(range.roots()).sorted().distinct().toArray();
      headsOfRoots.computeIfAbsent(sorted, unused -> new ArrayList<>()).add(range.heads());
    }
    return headsOfRoots.entrySet().stream()
        .map(
            entry ->
                new Range(
                    entry.getKey(),
                    entry.getValue().stream().flatMapToInt(IntStream::of).toArray()))
        .toList();
  }
}
