// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.ChangesetIndex;

/**
 * The heads of each named branch: its visible changesets, closed ones included, that are not an
 * ancestor of another changeset of the branch.
 */
public final class BranchHeads {
  private BranchHeads() {}

  /**
   * Finds the heads of all branches, in one pass over the changesets and one more for each branch
   * with several heads.
   *
   * @return the heads by branch
   * @throws IOException if the repository cannot be read
   */
  public static Map<ByteString, BitSet> of(ChangesetGraph graph) throws IOException {
    ChangesetIndex index = graph.index();
    Map<ByteString, Integer> numbers = new HashMap<>();
    List<BitSet> heads = new ArrayList<>();
    int[] branches = new int[index.count()];
    BitSet visible = graph.visible();
    for (int r = visible.nextSetBit(0); r >= 0; r = visible.nextSetBit(r + 1)) {
      int branch = numbers.computeIfAbsent(index.branch(r), name -> numbers.size());
      if (branch == heads.size()) {
        heads.add(new BitSet());
      }
      branches[r] = branch;
      BitSet own = heads.get(branch);
      own.set(r);
      removeParent(own, branches, branch, index.parent1(r));
      removeParent(own, branches, branch, index.parent2(r));
    }
    Map<ByteString, BitSet> found = new TreeMap<>();
    numbers.forEach((name, number) -> found.put(name, graph.outermost(heads.get(number))));
    return found;
  }

  private static void removeParent(BitSet heads, int[] branches, int branch, int parent) {
    if (parent != ChangesetIndex.NONE && branches[parent] == branch) {
      heads.clear(parent);
    }
  }
}
