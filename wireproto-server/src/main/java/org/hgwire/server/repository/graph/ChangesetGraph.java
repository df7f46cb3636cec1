// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.work.Work;

/**
 * The graph of the changesets of a snapshot that may be served, and its queries.
 *
 * <p>A changeset may be served, or is visible, if neither it nor any of its ancestors is secret or
 * hidden. Sets of changesets are bit sets of their numbers; ascending order is a topological order,
 * parents first. A pass over the graph costs one bit, a lookup of the parents and one step per
 * changeset: for a million changesets, 125 KB and a few milliseconds. Nothing recurses, and what
 * visits more than one changeset is {@link Work}.
 *
 * <p>Used by one thread at a time, like the snapshot. The caller owns the bit sets that are
 * returned.
 */
public final class ChangesetGraph {
  private static final int NONE = ChangesetIndex.NONE;

  /** The ranges of one walk: at most 128 bytes for each changeset that it has reached. */
  private static final int RANGES_PER_WALK = 512;

  private final ChangesetIndex index;
  private final int count;
  private final GraphFacts facts;

  /** The changesets that must not be served. */
  private final BitSet withheld;

  private ChangesetGraph(ChangesetIndex index, GraphFacts facts, BitSet withheld) {
    this.index = index;
    this.count = index.count();
    this.facts = facts;
    this.withheld = withheld;
  }

  /**
   * Returns the work that leads to the graph of the changesets of {@code snapshot}. What the graph
   * computes of all of them is kept where the host keeps {@link RepositorySnapshot#derived()}.
   */
  public static Work<ChangesetGraph> of(RepositorySnapshot snapshot) {
    return of(snapshot.changesets(), GraphFacts.of(snapshot));
  }

  static Work<ChangesetGraph> of(ChangesetIndex index, GraphFacts facts) {
    return facts.withheld.with(index).map(found -> new ChangesetGraph(index, facts, found));
  }

  static Work<BitSet> findWithheld(ChangesetIndex index) {
    BitSet withheld = new BitSet();
    if (index.everythingVisible()) {
      return Work.done(withheld);
    }
    return Sweep.up(
        first(index.count()),
        revision -> {
          if (index.phase(revision) == Phase.SECRET
              || index.hidden(revision)
              || has(withheld, index.parent1(revision))
              || has(withheld, index.parent2(revision))) {
            withheld.set(revision);
          }
        },
        withheld);
  }

  private static BitSet first(int count) {
    BitSet all = new BitSet(count);
    all.set(0, count);
    return all;
  }

  private static boolean has(BitSet set, int revision) {
    return revision != NONE && set.get(revision);
  }

  private static void add(BitSet set, int revision) {
    if (revision != NONE) {
      set.set(revision);
    }
  }

  /** Returns the index of the changesets. */
  public ChangesetIndex index() {
    return index;
  }

  /** Returns whether there is a changeset that must not be served. */
  public boolean withholdsSome() {
    return !withheld.isEmpty();
  }

  /** Returns whether a changeset of the index may be served. */
  public boolean isVisible(int revision) {
    return !withheld.get(revision);
  }

  /**
   * Returns the number of a changeset, or {@link ChangesetIndex#NONE} if it does not exist or must
   * not be served: a caller cannot distinguish the two.
   */
  public int find(Node node) {
    int revision = index.revision(node);
    return revision != NONE && isVisible(revision) ? revision : NONE;
  }

  /** Returns all changesets that may be served. */
  public BitSet visible() {
    BitSet all = first(count);
    all.andNot(withheld);
    return all;
  }

  /** Returns the newest changeset that may be served, or {@link ChangesetIndex#NONE}. */
  public int tip() {
    return withheld.previousClearBit(count - 1);
  }

  /** Returns the nodes of the visible changesets without a visible child, the newest first. */
  public Work<List<Node>> heads() {
    return facts.heads.with(index);
  }

  /** Returns the nodes of the public changesets without a public child, the newest first. */
  public Work<List<Node>> publicHeads() {
    return facts.publicHeads.with(index);
  }

  /** Returns the nodes of the visible drafts without a draft parent, parents first. */
  public Work<List<Node>> draftRoots() {
    return facts.draftRoots.with(index);
  }

  /** Returns the heads of each branch, as {@link BranchHeads} finds them. */
  public Work<Map<ByteString, List<Integer>>> branchHeads() {
    return facts.branchHeads.with(index);
  }

  /** Finds the visible changesets that are public. */
  public Work<BitSet> publicChangesets() {
    return facts.publicChangesets.with(index).map(found -> (BitSet) found.clone());
  }

  Work<BitSet> findPublic() {
    BitSet found = visible();
    return Sweep.up(
        found,
        revision -> {
          if (index.phase(revision) != Phase.PUBLIC) {
            found.clear(revision);
          }
        },
        found);
  }

  Work<List<Node>> findHeadNodes(BitSet changesets) {
    return heads(changesets)
        .then(this::nodes)
        .map(
            nodes -> {
              Collections.reverse(nodes);
              return Collections.unmodifiableList(nodes);
            });
  }

  Work<List<Node>> findDraftRoots() {
    return publicChangesets()
        .then(
            published -> {
              BitSet drafts = visible();
              drafts.andNot(published);
              return roots(drafts);
            })
        .then(this::nodes)
        .map(Collections::unmodifiableList);
  }

  /** Finds {@code changesets} and all their ancestors. */
  public Work<BitSet> ancestors(BitSet changesets) {
    BitSet found = (BitSet) changesets.clone();
    return Sweep.down(
        found,
        revision -> {
          add(found, index.parent1(revision));
          add(found, index.parent2(revision));
        },
        found);
  }

  /**
   * Finds the changesets of at least one of {@code ranges}. One pass over the graph is enough for
   * {@value #RANGES_PER_WALK} ranges with different roots, and for any number with the same.
   */
  public Work<BitSet> ranges(List<Range> ranges) {
    BitSet found = new BitSet();
    return Work.inBatches(
        Range.merge(ranges), RANGES_PER_WALK, batch -> new RangeWalk(index, batch, found), found);
  }

  /** Finds the changesets that are within one of these distances, towards the roots. */
  public Work<BitSet> generations(List<Generations> starts) {
    return new GenerationWalk(index, starts);
  }

  /** Finds those of {@code changesets} that are not a parent of another of them. */
  public Work<BitSet> heads(BitSet changesets) {
    BitSet heads = (BitSet) changesets.clone();
    return Sweep.up(
        changesets,
        revision -> {
          clear(heads, index.parent1(revision));
          clear(heads, index.parent2(revision));
        },
        heads);
  }

  /** Finds those of {@code changesets} that have no parent among them. */
  public Work<BitSet> roots(BitSet changesets) {
    BitSet roots = (BitSet) changesets.clone();
    return Sweep.up(
        changesets,
        revision -> {
          if (has(changesets, index.parent1(revision))
              || has(changesets, index.parent2(revision))) {
            roots.clear(revision);
          }
        },
        roots);
  }

  private static void clear(BitSet set, int revision) {
    if (revision != NONE) {
      set.clear(revision);
    }
  }

  /** Reads the nodes of {@code changesets}, parents first. */
  public Work<List<Node>> nodes(BitSet changesets) {
    List<Node> nodes = new ArrayList<>();
    return Sweep.up(changesets, revision -> nodes.add(index.node(revision)), nodes);
  }
}
