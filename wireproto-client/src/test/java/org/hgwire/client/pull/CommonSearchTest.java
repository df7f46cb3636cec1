// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonSearchTest {
  private int requests;
  private int maxNodes;
  private int looks;

  private static Node node(int number) {
    return new Node(1, 2, number);
  }

  /** Finds the common changesets of a graph, and checks the result against what the server has. */
  private List<Node> search(int count, Function<Integer, List<Integer>> parents, Set<Node> served)
      throws IOException {
    Set<Node> heads = new HashSet<>();
    for (int i = 0; i < count; i++) {
      heads.add(node(i));
    }
    for (int i = 0; i < count; i++) {
      parents.apply(i).forEach(parent -> heads.remove(node(parent)));
    }
    PullSink sink = new GraphSink(heads, parents);
    List<Node> common =
        new CommonSearch(
                sink,
                nodes -> {
                  requests++;
                  maxNodes = Math.max(maxNodes, nodes.size());
                  return nodes.stream().map(served::contains).toList();
                })
            .run(heads, heads.stream().map(served::contains).toList(), Set.of());
    assertThat(ancestors(common, parents)).isEqualTo(served);
    return common;
  }

  private static Set<Node> ancestors(
      Collection<Node> nodes, Function<Integer, List<Integer>> parents) {
    Set<Node> found = new HashSet<>(nodes);
    Deque<Node> waiting = new ArrayDeque<>(nodes);
    while (!waiting.isEmpty()) {
      for (int parent : parents.apply(waiting.remove().low())) {
        if (found.add(node(parent))) {
          waiting.add(node(parent));
        }
      }
    }
    return found;
  }

  private static List<Integer> line(int number) {
    return number == 0 ? List.of() : List.of(number - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "100000, 0, 0",
    "100000, 1, 1",
    "100000, 199, 1",
    "100000, 200, 2",
    "100000, 9000, 2",
    "100000, 50000, 4",
    "100000, 99999, 4",
    "100000, 100000, 4"
  })
  void aLineTakesFewRequestsHoweverMuchIsLocal(int count, int local, int maxRequests)
      throws IOException {
    Set<Node> served = new HashSet<>();
    IntStream.range(0, count - local).forEach(i -> served.add(node(i)));
    assertThat(search(count, CommonSearchTest::line, served)).hasSize(local == count ? 0 : 1);
    assertThat(requests).isLessThanOrEqualTo(maxRequests);
    assertThat(maxNodes).isLessThanOrEqualTo(CommonSearch.MAX_NODES);
  }

  @Test
  void whatLiesFarBelowIsNotLookedAt() throws IOException {
    Set<Node> served = new HashSet<>();
    IntStream.range(0, 99_997).forEach(i -> served.add(node(i)));
    search(100_000, CommonSearchTest::line, served);
    assertThat(looks).isLessThan(1_000);
  }

  @Test
  void aThousandLocalBranchesOffALineTakeFewRequests() throws IOException {
    // Numbers below 50,000 are the line; then branches of ten, each off another changeset.
    Function<Integer, List<Integer>> parents =
        i -> {
          if (i < 50_000) {
            return line(i);
          }
          return (i - 50_000) % 10 == 0 ? List.of((i - 50_000) / 10 * 49) : List.of(i - 1);
        };
    Set<Node> served = new HashSet<>();
    IntStream.range(0, 30_000).forEach(i -> served.add(node(i)));
    search(60_000, parents, served);
    assertThat(requests).isLessThanOrEqualTo(4);
  }

  @Test
  void resultIsExactOnRandomGraphs() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(1_500);
      int reach = 1 + random.nextInt(40);
      List<List<Integer>> graph = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Set<Integer> parents = new HashSet<>();
        for (int p = random.nextInt(20) == 0 ? 2 : 0; p < 2 + random.nextInt(2); p++) {
          int parent = i - 1 - random.nextInt(reach);
          if (parent >= 0 && parents.size() < 2) {
            parents.add(parent);
          }
        }
        graph.add(List.copyOf(parents));
      }
      List<Node> tips = new ArrayList<>();
      for (int tip = random.nextInt(4); tip > 0; tip--) {
        tips.add(node(random.nextInt(count)));
      }
      requests = 0;
      search(count, graph::get, ancestors(tips, graph::get));
      assertThat(requests).isLessThanOrEqualTo(3);
    }
  }

  /** A graph of changesets and nothing else. */
  private final class GraphSink implements PullSink {
    private final Set<Node> heads;
    private final Function<Integer, List<Integer>> parents;

    GraphSink(Set<Node> heads, Function<Integer, List<Integer>> parents) {
      this.heads = heads;
      this.parents = parents;
    }

    @Override
    public Collection<Node> heads() {
      return heads;
    }

    @Override
    public List<Node> parents(Node changeset) {
      looks++;
      return parents.apply(changeset.low()).stream().map(CommonSearchTest::node).toList();
    }

    @Override
    public Iterable<Node> incomplete() {
      return List.of();
    }

    @Override
    public boolean has(RevisionKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RevisionText open(RevisionKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void accept(PulledRevision revision) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void changesetsCompleted(List<Node> changesets) {}

    @Override
    public void stateReceived(RepositoryState state) {}

    @Override
    public RepositoryState state() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
