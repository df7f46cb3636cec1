// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.work.Work;

/**
 * Finds the heads of each named branch: its visible changesets, closed ones included, that are not
 * an ancestor of another changeset of the branch.
 *
 * <p>Takes one pass over the changesets, and one more for {@value #BRANCHES_PER_WALK} branches with
 * several heads.
 */
final class BranchHeads {
  private static final int BRANCHES_PER_WALK = 512;

  private final ChangesetIndex index;
  private final Map<ByteString, Integer> numbers = new TreeMap<>();

  /** The number of the branch of each changeset. */
  private final int[] branches;

  /** The changesets that have no child in their branch. */
  private final BitSet childless = new BitSet();

  /** The same by branch. */
  private final List<List<Integer>> groups = new ArrayList<>();

  /** Those that are an ancestor of another of their branch, through other branches. */
  private final BitSet inner = new BitSet();

  private BranchHeads(ChangesetGraph graph) {
    this.index = graph.index();
    this.branches = new int[index.count()];
  }

  /** Finds the heads of all branches, in ascending order, by branch. */
  static Work<Map<ByteString, List<Integer>>> find(ChangesetGraph graph) {
    BranchHeads search = new BranchHeads(graph);
    return Sweep.up(graph.visible(), search::visit, search)
        .then(BranchHeads::groupChildless)
        .then(BranchHeads::findInner)
        .map(BranchHeads::heads);
  }

  private void visit(int revision) throws IOException {
    Integer known = numbers.putIfAbsent(index.branch(revision), numbers.size());
    int branch = known == null ? numbers.size() - 1 : known;
    branches[revision] = branch;
    childless.set(revision);
    removeParent(branch, index.parent1(revision));
    removeParent(branch, index.parent2(revision));
  }

  private void removeParent(int branch, int parent) {
    if (parent != ChangesetIndex.NONE && branches[parent] == branch) {
      childless.clear(parent);
    }
  }

  private Work<BranchHeads> groupChildless() {
    numbers.forEach((name, number) -> groups.add(new ArrayList<>(1)));
    return Sweep.up(childless, revision -> groups.get(branches[revision]).add(revision), this);
  }

  private Work<BranchHeads> findInner() {
    List<List<Integer>> several = groups.stream().filter(group -> group.size() > 1).toList();
    return Work.inBatches(
        several, BRANCHES_PER_WALK, batch -> new OutermostWalk(index, batch, inner), this);
  }

  private Map<ByteString, List<Integer>> heads() {
    Map<ByteString, List<Integer>> heads = new TreeMap<>();
    numbers.forEach(
        (name, number) ->
            heads.put(name, groups.get(number).stream().filter(head -> !inner.get(head)).toList()));
    return heads;
  }
}
