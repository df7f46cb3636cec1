// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.util.BitSet;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Work;

/**
 * Which changesets a bundle has.
 *
 * @param requested the requested heads and their ancestors
 * @param common what the receiver has
 * @param changesets those requested that the receiver lacks
 * @param everything whether these and the common ones are all that the repository has, hidden ones
 *     included
 */
record Outgoing(BitSet requested, BitSet common, BitSet changesets, boolean everything) {
  /** Finds the changesets of a request. */
  static Work<Outgoing> find(ChangesetGraph graph, BundleRequest request) {
    return numbers(graph, request.common(), false)
        .then(graph::ancestors)
        .then(
            common ->
                requested(graph, request.heads())
                    .map(requested -> of(requested, common, graph.index().count())));
  }

  private static Work<BitSet> requested(ChangesetGraph graph, List<Node> heads) {
    return heads.isEmpty()
        ? Work.done(graph.visible())
        : numbers(graph, heads, true).then(graph::ancestors);
  }

  private static Work<BitSet> numbers(ChangesetGraph graph, List<Node> nodes, boolean required) {
    BitSet found = new BitSet();
    return Work.each(
        nodes.iterator(),
        node -> {
          int revision = graph.find(node);
          if (revision != ChangesetIndex.NONE) {
            found.set(revision);
          } else if (required && !node.isNull()) {
            throw new CommandException("the changeset " + node + " is unknown");
          }
        },
        found);
  }

  private static Outgoing of(BitSet requested, BitSet common, int count) {
    BitSet changesets = (BitSet) requested.clone();
    changesets.andNot(common);
    return new Outgoing(
        requested, common, changesets, changesets.cardinality() + common.cardinality() == count);
  }

  /** Returns whether the receiver has, or gets, a changeset. */
  boolean reaches(int changeset) {
    return everything || changesets.get(changeset) || common.get(changeset);
  }
}
