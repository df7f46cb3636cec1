// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.graph.Generations;
import org.hgwire.server.repository.graph.Range;
import org.hgwire.server.repository.work.Work;

/**
 * The changesets that the specifiers of a request name. All specifiers of a type are resolved
 * together, so that a request costs about as much as one of each type.
 */
final class RequestedChangesets {
  private final RequestView view;
  private final BitSet found = new BitSet();
  private final List<Generations> generations = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();
  private final BitSet roots = new BitSet();

  private RequestedChangesets(RequestView view) {
    this.view = view;
  }

  /** "Data will be sent for the union of all revisions resolved by all revision specifiers." */
  static Work<RequestedChangesets> of(RequestView view, List<RevisionSpecifier> specifiers) {
    RequestedChangesets requested = new RequestedChangesets(view);
    NodeReader reader = requested.new NodeReader();
    return Work.inTurn(specifiers.iterator(), each -> each.accept(reader), requested)
        .then(RequestedChangesets::resolve);
  }

  /** Returns all that were requested. */
  BitSet all() {
    return found;
  }

  /** Returns the known roots of the ranges: what the client has, with its ancestors. */
  BitSet roots() {
    return roots;
  }

  private Work<RequestedChangesets> resolve() {
    return view.graph()
        .generations(generations)
        .then(
            near -> {
              found.or(near);
              return view.graph().ranges(ranges);
            })
        .map(
            between -> {
              found.or(between);
              return this;
            });
  }

  private final class NodeReader implements RevisionSpecifier.Visitor<Work<?>> {
    @Override
    public Work<?> visitExplicit(RevisionSpecifier.ChangesetExplicit specifier) {
      return Work.each(specifier.nodes().iterator(), node -> found.set(view.require(node)), found);
    }

    /**
     * The text counts the revisions of a walk; Mercurial counts generations: a depth of 2 includes
     * a merge and both its parents. This is Mercurial's behaviour.
     */
    @Override
    public Work<?> visitExplicitDepth(RevisionSpecifier.ChangesetExplicitDepth specifier) {
      return Work.each(
          specifier.nodes().iterator(),
          node -> generations.add(new Generations(view.require(node), specifier.depth())),
          generations);
    }

    /** As in Mercurial, an unknown root of a range has no effect. */
    @Override
    public Work<?> visitDagRange(RevisionSpecifier.ChangesetDagRange specifier) {
      IntStream.Builder known = IntStream.builder();
      IntStream.Builder heads = IntStream.builder();
      return Work.each(
              specifier.roots().iterator(),
              node -> {
                int root = view.graph().find(node);
                if (root != ChangesetIndex.NONE) {
                  known.add(root);
                  roots.set(root);
                }
              },
              heads)
          .then(
              unused ->
                  Work.each(
                      specifier.heads().iterator(), node -> heads.add(view.require(node)), heads))
          .map(unused -> ranges.add(new Range(known.build().toArray(), heads.build().toArray())));
    }
  }
}
