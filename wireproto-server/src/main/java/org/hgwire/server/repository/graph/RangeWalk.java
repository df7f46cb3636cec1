// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Collects the changesets of at least one of several ranges, in one walk towards the roots. For
 * each changeset that was reached and not visited it knows from the heads of which ranges, and from
 * the roots of which: a bit each, which move on to the parents.
 *
 * <p>Children come before parents, so all is known of a changeset when it is visited. Once no range
 * wants anything below, the rest of the history need not be visited.
 */
final class RangeWalk implements Work<BitSet> {
  /** Of which ranges a changeset is an ancestor of a head, and of which one of a root. */
  private static final class Marks {
    final BitSet wanted = new BitSet();
    final BitSet common = new BitSet();

    boolean isWanted() {
      return !wanted.isEmpty();
    }

    void add(Marks others) {
      common.or(others.common);
      wanted.or(others.wanted);
      wanted.andNot(common);
    }
  }

  private final ChangesetIndex index;
  private final BitSet found;
  private final NavigableMap<Integer, Marks> reached = new TreeMap<>();

  /** How many of those that were reached are wanted by a range. */
  private int wanted;

  /**
   * Makes the walk.
   *
   * @param found what was found is added to it
   */
  RangeWalk(ChangesetIndex index, List<Range> ranges, BitSet found) {
    this.index = index;
    this.found = found;
    for (int i = 0; i < ranges.size(); i++) {
      for (int root : ranges.get(i).roots()) {
        marksOf(root).common.set(i);
      }
      for (int head : ranges.get(i).heads()) {
        marksOf(head).wanted.set(i);
      }
    }
    for (Marks marks : reached.values()) {
      marks.wanted.andNot(marks.common);
      wanted += marks.isWanted() ? 1 : 0;
    }
  }

  private Marks marksOf(int revision) {
    return reached.computeIfAbsent(revision, unused -> new Marks());
  }

  @Override
  public @Nullable BitSet advance(Steps steps) {
    while (wanted > 0) {
      if (!steps.take()) {
        return null;
      }
      Map.Entry<Integer, Marks> newest = reached.pollLastEntry();
      int revision = newest.getKey();
      Marks marks = newest.getValue();
      if (marks.isWanted()) {
        wanted--;
        found.set(revision);
      }
      int parent2 = index.parent2(revision);
      if (parent2 != ChangesetIndex.NONE) {
        Marks copy = new Marks();
        copy.add(marks);
        reach(parent2, copy);
      }
      int parent1 = index.parent1(revision);
      if (parent1 != ChangesetIndex.NONE) {
        reach(parent1, marks);
      }
    }
    return found;
  }

  private void reach(int parent, Marks marks) {
    Marks before = reached.putIfAbsent(parent, marks);
    if (before == null) {
      wanted += marks.isWanted() ? 1 : 0;
      return;
    }
    wanted -= before.isWanted() ? 1 : 0;
    before.add(marks);
    wanted += before.isWanted() ? 1 : 0;
  }
}
