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
 * Finds the members of several lists of changesets that are an ancestor of another of their list,
 * in one walk towards the roots. A changeset that was reached and not visited has a bit for each
 * list that it is an ancestor of a member of.
 */
final class OutermostWalk implements Work<BitSet> {
  private final ChangesetIndex index;
  private final BitSet inner;
  private final NavigableMap<Integer, BitSet> reached = new TreeMap<>();

  /** To which list a member belongs: lists have no member in common. */
  private final NavigableMap<Integer, Integer> members = new TreeMap<>();

  /**
   * Makes the walk.
   *
   * @param lists have no member in common
   * @param inner what was found is added to it
   */
  OutermostWalk(ChangesetIndex index, List<List<Integer>> lists, BitSet inner) {
    this.index = index;
    this.inner = inner;
    for (int i = 0; i < lists.size(); i++) {
      for (Integer member : lists.get(i)) {
        members.put(member, i);
        reached.put(member, new BitSet());
      }
    }
  }

  @Override
  public @Nullable BitSet advance(Steps steps) {
    while (!members.isEmpty()) {
      if (!steps.take()) {
        return null;
      }
      Map.Entry<Integer, BitSet> newest = reached.pollLastEntry();
      Integer revision = newest.getKey();
      BitSet descendants = newest.getValue();
      Integer list = members.remove(revision);
      if (list != null) {
        if (descendants.get(list)) {
          inner.set(revision);
        }
        descendants.set(list);
      }
      int parent2 = index.parent2(revision);
      if (parent2 != ChangesetIndex.NONE) {
        reach(parent2, (BitSet) descendants.clone());
      }
      int parent1 = index.parent1(revision);
      if (parent1 != ChangesetIndex.NONE) {
        reach(parent1, descendants);
      }
    }
    return inner;
  }

  private void reach(int parent, BitSet descendants) {
    BitSet before = reached.putIfAbsent(parent, descendants);
    if (before != null) {
      before.or(descendants);
    }
  }
}
