// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;

/**
 * The changesets of a repository that bundles are made of: those that may be served. In a
 * repository that does not publish, these are the public ones, since drafts come and go.
 */
final class BundleCoverage {
  private final ChangesetGraph graph;
  private final BitSet changesets;

  private BundleCoverage(ChangesetGraph graph, BitSet changesets) {
    this.graph = graph;
    this.changesets = changesets;
  }

  /** Returns the changesets of clone bundles. */
  static BundleCoverage of(RepositorySnapshot snapshot) throws IOException {
    ChangesetGraph graph = run(ChangesetGraph.of(snapshot));
    return new BundleCoverage(
        graph, snapshot.publishing() ? graph.visible() : run(graph.publicChangesets()));
  }

  /** Returns all changesets that may be served. */
  static BundleCoverage ofServed(RepositorySnapshot snapshot) throws IOException {
    ChangesetGraph graph = run(ChangesetGraph.of(snapshot));
    return new BundleCoverage(graph, graph.visible());
  }

  /** Returns how many changesets there are. */
  int count() {
    return changesets.cardinality();
  }

  /** Returns the nodes of the heads. */
  List<Node> heads() throws IOException {
    return run(graph.heads(changesets).then(graph::nodes));
  }

  /** Returns how many of them are {@code heads} or their ancestors; -1 if a head is not there. */
  int countBelow(List<Node> heads) throws IOException {
    BitSet found = new BitSet();
    for (Node head : heads) {
      int revision = graph.find(head);
      if (revision == ChangesetIndex.NONE || !changesets.get(revision)) {
        return -1;
      }
      found.set(revision);
    }
    return run(graph.ancestors(found)).cardinality();
  }

  /**
   * Returns how many changesets are {@code heads} or their ancestors, and neither {@code common}
   * nor ancestors of these.
   *
   * @throws IOException if one of them is not there
   */
  int countBetween(List<Node> heads, List<Node> common) throws IOException {
    BitSet found = run(graph.ancestors(require(heads)));
    found.andNot(run(graph.ancestors(require(common))));
    return found.cardinality();
  }

  private BitSet require(List<Node> nodes) throws IOException {
    BitSet found = new BitSet();
    for (Node node : nodes) {
      int revision = graph.find(node);
      if (revision != ChangesetIndex.NONE) {
        found.set(revision);
      } else if (!node.isNull()) {
        throw new IOException("the changeset " + node + " is not in the repository");
      }
    }
    return found;
  }

  private static <T> T run(Work<T> work) throws IOException {
    Steps steps = new Steps(Long.MAX_VALUE, IllegalStateException::new);
    try (work) {
      T result = null;
      while (result == null) {
        steps.beginTurn();
        result = work.advance(steps);
      }
      return result;
    }
  }
}
