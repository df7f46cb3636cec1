// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hgwire.server.repository.work.Turns.finish;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Turns;
import org.hgwire.server.repository.work.Work;
import org.junit.jupiter.api.Test;

/** The algorithms of the graph, compared with naive implementations of their definitions. */
class ChangesetGraphTest {
  /** A changeset: its parents (numbers less than its own), phase, whether it is hidden, branch. */
  record Vertex(int parent1, int parent2, Phase phase, boolean hidden, int branch) {}

  record Vertices(List<Vertex> list) implements ChangesetIndex {
    @Override
    public int count() {
      return list.size();
    }

    @Override
    public Node node(int revision) {
      return new Node(revision + 1, 0, 0);
    }

    @Override
    public int revision(Node node) {
      return node.high() <= list.size() ? (int) node.high() - 1 : NONE;
    }

    @Override
    public int parent1(int revision) {
      return list.get(revision).parent1();
    }

    @Override
    public int parent2(int revision) {
      return list.get(revision).parent2();
    }

    @Override
    public Phase phase(int revision) {
      return list.get(revision).phase();
    }

    @Override
    public boolean hidden(int revision) {
      return list.get(revision).hidden();
    }

    @Override
    public StoredRevision text(int revision) {
      throw new AssertionError("the graph does not read texts");
    }

    @Override
    public ByteString branch(int revision) {
      return ByteString.utf8("b" + list.get(revision).branch());
    }

    Set<Integer> parents(int revision) {
      Set<Integer> parents = new TreeSet<>(Set.of(parent1(revision)));
      parents.add(parent2(revision));
      parents.remove(NONE);
      return parents;
    }

    /** A changeset and all its ancestors. */
    Set<Integer> ancestors(int revision) {
      Set<Integer> found = new TreeSet<>(Set.of(revision));
      parents(revision).forEach(parent -> found.addAll(ancestors(parent)));
      return found;
    }

    Set<Integer> ancestors(BitSet revisions) {
      Set<Integer> found = new TreeSet<>();
      revisions.stream().forEach(r -> found.addAll(ancestors(r)));
      return found;
    }

    Set<Integer> within(int revision, long depth) {
      Set<Integer> found = new TreeSet<>();
      if (depth > 0) {
        found.add(revision);
        parents(revision).forEach(parent -> found.addAll(within(parent, depth - 1)));
      }
      return found;
    }
  }

  private static Set<Integer> set(BitSet bits) {
    return bits.stream().boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  private static Arbitrary<Vertex> vertex(int number) {
    Arbitrary<Integer> parent = Arbitraries.integers().between(-1, number - 1);
    return Combinators.combine(
            parent,
            parent,
            Arbitraries.frequency(
                Tuple.of(6, Phase.PUBLIC), Tuple.of(4, Phase.DRAFT), Tuple.of(1, Phase.SECRET)),
            Arbitraries.frequency(Tuple.of(12, false), Tuple.of(1, true)),
            Arbitraries.integers().between(0, 2))
        .as(
            (first, second, phase, hidden, branch) ->
                new Vertex(
                    Math.max(first, second),
                    first.equals(second) ? -1 : Math.min(first, second),
                    phase,
                    hidden,
                    branch));
  }

  @Provide
  Arbitrary<Vertices> graphs() {
    return Arbitraries.integers()
        .between(0, 14)
        .flatMap(
            count -> {
              Arbitrary<List<Vertex>> all = Arbitraries.just(List.of());
              for (int i = 0; i < count; i++) {
                int number = i;
                all =
                    all.flatMap(
                        before ->
                            vertex(number)
                                .map(
                                    next -> {
                                      List<Vertex> list = new ArrayList<>(before);
                                      list.add(next);
                                      return List.copyOf(list);
                                    }));
              }
              return all.map(Vertices::new);
            });
  }

  private static BitSet subset(Vertices graph, int mask) {
    BitSet subset = BitSet.valueOf(new long[] {mask});
    subset.clear(graph.count(), Long.SIZE);
    return subset;
  }

  @Property(tries = 500)
  void changesetsWithSecretOrHiddenAncestorsAreNotVisible(@ForAll("graphs") Vertices index) {
    Set<Integer> expected = new TreeSet<>();
    for (int r = 0; r < index.count(); r++) {
      if (index.ancestors(r).stream()
          .noneMatch(a -> index.phase(a) == Phase.SECRET || index.hidden(a))) {
        expected.add(r);
      }
    }
    ChangesetGraph graph = finish(ChangesetGraph.of(index, new GraphFacts()));
    assertThat(set(graph.visible())).isEqualTo(expected);
    assertThat(graph.withholdsSome()).isEqualTo(expected.size() < index.count());
    for (int r = 0; r < index.count(); r++) {
      assertThat(graph.isVisible(r)).isEqualTo(expected.contains(r));
      assertThat(graph.find(index.node(r))).isEqualTo(expected.contains(r) ? r : -1);
    }
  }

  @Property(tries = 500)
  void ancestorsRangesAndGenerationsMatchTheirDefinitions(
      @ForAll("graphs") Vertices index, @ForAll int one, @ForAll int two) {
    ChangesetGraph graph = finish(ChangesetGraph.of(index, new GraphFacts()));
    BitSet roots = subset(index, one & two);
    BitSet heads = subset(index, two);
    assertThat(set(finish(graph.ancestors(heads)))).isEqualTo(index.ancestors(heads));
    Set<Integer> range = index.ancestors(heads);
    range.removeAll(index.ancestors(roots));
    assertThat(set(finish(graph.ranges(List.of(range(roots, heads)))))).isEqualTo(range);
    BitSet others = subset(index, one);
    Set<Integer> apart = index.ancestors(others);
    apart.removeAll(index.ancestors(heads));
    List<Range> both = List.of(range(heads, others), range(roots, heads), range(roots, others));
    assertThat(set(finish(graph.ranges(both.subList(0, 1))))).isEqualTo(apart);
    Set<Integer> union = index.ancestors(others);
    union.removeAll(index.ancestors(roots));
    union.addAll(apart);
    union.addAll(range);
    assertThat(set(finish(graph.ranges(both)))).isEqualTo(union);
    List<Generations> starts = new ArrayList<>();
    Set<Integer> near = new TreeSet<>();
    for (long depth : new long[] {0, 3, 1, 2, Long.MAX_VALUE}) {
      BitSet from = subset(index, one * (int) (depth + 7));
      from.stream()
          .forEach(
              r -> {
                starts.add(new Generations(r, depth));
                near.addAll(index.within(r, Math.min(depth, 20)));
              });
      assertThat(set(finish(graph.generations(starts)))).as("to %d", depth).isEqualTo(near);
    }
  }

  private static Range range(BitSet roots, BitSet heads) {
    return new Range(roots.stream().toArray(), heads.stream().toArray());
  }

  @Property(tries = 500)
  void headsAndRootsMatchTheirDefinitions(@ForAll("graphs") Vertices index, @ForAll int mask) {
    ChangesetGraph graph = finish(ChangesetGraph.of(index, new GraphFacts()));
    BitSet set = subset(index, mask);
    Set<Integer> heads = set(set);
    Set<Integer> roots = set(set);
    set.stream()
        .forEach(
            r -> {
              heads.removeAll(index.parents(r));
              if (index.parents(r).stream().anyMatch(set::get)) {
                roots.remove(r);
              }
            });
    assertThat(set(finish(graph.heads(set)))).isEqualTo(heads);
    assertThat(set(finish(graph.roots(set)))).isEqualTo(roots);
  }

  @Property(tries = 300)
  void keptHeadsAndRootsAreThoseOfTheirSets(@ForAll("graphs") Vertices index) {
    ChangesetGraph graph = finish(ChangesetGraph.of(index, new GraphFacts()));
    BitSet visible = graph.visible();
    BitSet published = (BitSet) visible.clone();
    visible.stream().filter(r -> index.phase(r) != Phase.PUBLIC).forEach(published::clear);
    BitSet drafts = (BitSet) visible.clone();
    drafts.andNot(published);
    assertThat(graph.tip()).isEqualTo(visible.length() - 1);
    for (int i = 0; i < 2; i++) {
      assertThat(finish(graph.publicChangesets())).isEqualTo(published);
      assertThat(finish(graph.heads())).isEqualTo(newestFirst(index, graph.heads(visible)));
      assertThat(finish(graph.publicHeads())).isEqualTo(newestFirst(index, graph.heads(published)));
      assertThat(finish(graph.draftRoots()))
          .isEqualTo(finish(graph.nodes(finish(graph.roots(drafts)))));
      finish(graph.publicChangesets()).clear();
    }
  }

  private static List<Node> newestFirst(Vertices index, Work<BitSet> changesets) {
    return finish(changesets).stream()
        .boxed()
        .sorted(Comparator.reverseOrder())
        .map(index::node)
        .toList();
  }

  @Property(tries = 300)
  void headOfABranchIsNotAnAncestorWithinTheBranch(@ForAll("graphs") Vertices index) {
    ChangesetGraph graph = finish(ChangesetGraph.of(index, new GraphFacts()));
    Map<ByteString, List<Integer>> expected = new HashMap<>();
    graph.visible().stream()
        .forEach(
            r -> {
              List<Integer> heads =
                  expected.computeIfAbsent(index.branch(r), name -> new ArrayList<>());
              heads.removeAll(index.ancestors(r));
              heads.add(r);
            });
    assertThat(finish(graph.branchHeads())).isEqualTo(expected);
  }

  /** Changesets, each a child of the one before. */
  private record Line(int count) implements ChangesetIndex {
    @Override
    public Node node(int revision) {
      return new Node(revision + 1, 0, 0);
    }

    @Override
    public int revision(Node node) {
      return (int) node.high() - 1;
    }

    @Override
    public int parent1(int revision) {
      return revision - 1;
    }

    @Override
    public int parent2(int revision) {
      return NONE;
    }

    @Override
    public Phase phase(int revision) {
      return Phase.PUBLIC;
    }

    @Override
    public StoredRevision text(int revision) {
      throw new AssertionError("the graph does not read texts");
    }

    @Override
    public ByteString branch(int revision) {
      return ByteString.utf8("b" + revision % 1000);
    }
  }

  private final Turns turns = new Turns();

  @Test
  void eachQueryOnMillionChangesetsInALineTakesOnePass() {
    int count = 1_000_000;
    ChangesetGraph graph = turns.resultOf(ChangesetGraph.of(new Line(count), new GraphFacts()));
    BitSet tip = new BitSet();
    tip.set(count - 1);
    assertPassesSoFar(1);
    assertThat(turns.resultOf(graph.heads(graph.visible()))).isEqualTo(tip);
    assertPassesSoFar(2);
    assertThat(turns.resultOf(graph.ancestors(tip)).cardinality()).isEqualTo(count);
    assertPassesSoFar(3);
    Range range = new Range(new int[] {9}, new int[] {count - 1});
    assertThat(turns.resultOf(graph.ranges(List.of(range))).cardinality()).isEqualTo(count - 10);
    assertPassesSoFar(4);
    List<Generations> all = List.of(new Generations(count - 1, Long.MAX_VALUE));
    assertThat(turns.resultOf(graph.generations(all)).cardinality()).isEqualTo(count);
    assertPassesSoFar(5);
    List<Generations> few = List.of(new Generations(count - 1, 5));
    assertThat(turns.resultOf(graph.generations(few)).cardinality()).isEqualTo(5);
    assertPassesSoFar(5);
  }

  @Test
  void manySpecifiersOnMillionChangesetsTakeFewPasses() {
    int count = 1_000_000;
    ChangesetGraph graph = turns.resultOf(ChangesetGraph.of(new Line(count), new GraphFacts()));
    List<Generations> starts = new ArrayList<>();
    List<Range> sameRoots = new ArrayList<>();
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      starts.add(new Generations(count - 1 - i, Long.MAX_VALUE - i));
      sameRoots.add(new Range(new int[0], new int[] {count - 1 - i}));
      ranges.add(new Range(new int[] {i}, new int[] {count - 1 - i}));
    }
    assertThat(turns.resultOf(graph.generations(starts)).cardinality()).isEqualTo(count);
    assertPassesSoFar(2);
    assertThat(turns.resultOf(graph.ranges(sameRoots)).cardinality()).isEqualTo(count);
    assertPassesSoFar(3);
    assertThat(turns.resultOf(graph.ranges(ranges.subList(0, 512))).cardinality())
        .isEqualTo(count - 1);
    assertPassesSoFar(4);
    assertThat(turns.resultOf(graph.ranges(ranges)).cardinality()).isEqualTo(count - 1);
    assertPassesSoFar(4 + 98);
  }

  @Test
  void headsOfThousandBranchesTakeFewPasses() {
    ChangesetGraph graph = turns.resultOf(ChangesetGraph.of(new Line(1_000_000), new GraphFacts()));
    assertThat(turns.resultOf(graph.branchHeads()))
        .hasSize(1000)
        .allSatisfy((name, heads) -> assertThat(heads).hasSize(1));
    assertPassesSoFar(5);
  }

  private void assertPassesSoFar(int passes) {
    assertThat(turns.steps()).isLessThan(passes * 1_000_000L + 500_000);
  }
}
