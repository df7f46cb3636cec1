// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.work.SharedWork;
import org.hgwire.server.repository.work.Work;

/** What is computed once of the graph of one state of a repository. Nobody changes the results. */
final class GraphFacts {
  /** The changesets that must not be served. */
  final SharedWork<BitSet> withheld = new SharedWork<>(ChangesetGraph::findWithheld);

  final SharedWork<BitSet> publicChangesets = of(ChangesetGraph::findPublic);

  final SharedWork<List<Node>> heads = of(graph -> graph.findHeadNodes(graph.visible()));

  final SharedWork<List<Node>> publicHeads =
      of(graph -> graph.publicChangesets().then(graph::findHeadNodes));

  final SharedWork<List<Node>> draftRoots = of(ChangesetGraph::findDraftRoots);

  final SharedWork<Map<ByteString, List<Integer>>> branchHeads = of(BranchHeads::find);

  /** Returns the facts of the state of a snapshot: those that the host keeps, or new ones. */
  static GraphFacts of(RepositorySnapshot snapshot) {
    DerivedFacts kept = snapshot.derived();
    return kept == null ? new GraphFacts() : kept.of(GraphFacts.class, GraphFacts::new);
  }

  private <T> SharedWork<T> of(Work.Part<ChangesetGraph, Work<T>> search) {
    return new SharedWork<>(index -> ChangesetGraph.of(index, this).then(search));
  }
}
