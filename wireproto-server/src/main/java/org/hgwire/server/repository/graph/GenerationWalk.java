// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Collects what lies within some generations of changesets, each of which has its own number of
 * them. Those with the most generations left are visited first, so a changeset is visited once,
 * however many walks reach it.
 */
final class GenerationWalk implements Work<BitSet> {
  private final ChangesetIndex index;
  private final Iterator<Generations> starts;
  private final BitSet found = new BitSet();
  private Queue<Integer> generation = new ArrayDeque<>();
  private Queue<Integer> parents = new ArrayDeque<>();
  private @Nullable Generations next;

  /** How many generations, this one included, are left of the current one. */
  private long left;

  GenerationWalk(ChangesetIndex index, List<Generations> starts) {
    this.index = index;
    this.starts =
        starts.stream()
            .filter(start -> start.depth() > 0)
            .sorted(Comparator.comparingLong(Generations::depth).reversed())
            .iterator();
    advanceStarts();
    beginGeneration(0);
  }

  @Override
  public @Nullable BitSet advance(Steps steps) {
    while (!generation.isEmpty()) {
      if (!steps.take()) {
        return null;
      }
      int revision = generation.remove();
      if (!found.get(revision)) {
        found.set(revision);
        if (left > 1) {
          add(index.parent1(revision));
          add(index.parent2(revision));
        }
      }
      if (generation.isEmpty()) {
        Queue<Integer> empty = generation;
        generation = parents;
        parents = empty;
        beginGeneration(left - 1);
      }
    }
    return found;
  }

  private void add(int parent) {
    if (parent != ChangesetIndex.NONE && !found.get(parent)) {
      parents.add(parent);
    }
  }

  /**
   * Adds the changesets that begin here; continues with the next of them if there is nothing else.
   */
  private void beginGeneration(long generations) {
    Generations start = next;
    left = generation.isEmpty() && start != null ? start.depth() : generations;
    while (start != null && start.depth() >= left) {
      generation.add(start.changeset());
      start = advanceStarts();
    }
  }

  private @Nullable Generations advanceStarts() {
    next = starts.hasNext() ? starts.next() : null;
    return next;
  }
}
