// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.text.ManifestReader;

/** The repository as one call of a command sees it: a snapshot, and what of it may be served. */
final class RequestView implements Closeable {
  private final RepositorySnapshot snapshot;
  private final ChangesetGraph graph;

  private RequestView(RepositorySnapshot snapshot) {
    this.snapshot = snapshot;
    this.graph = ChangesetGraph.of(snapshot.changesets());
  }

  static RequestView open(CommandCall call) throws IOException {
    return new RequestView(call.repository().snapshot());
  }

  /** Reads the arguments of a call into the record of the command. */
  static <T> T read(CommandCall call, Function<CborMap, T> reader) {
    try {
      return reader.apply(call.arguments());
    } catch (WireProtocolException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  RepositorySnapshot snapshot() {
    return snapshot;
  }

  ChangesetGraph graph() {
    return graph;
  }

  ChangesetIndex index() {
    return graph.index();
  }

  /** Returns the number of a changeset that may be served, or refuses the command. */
  int require(Node node) {
    int revision = graph.find(node);
    if (revision == ChangesetIndex.NONE) {
      throw new CommandException("the changeset " + node + " is unknown");
    }
    return revision;
  }

  /** "Data will be sent for the union of all revisions resolved by all revision specifiers." */
  BitSet resolve(List<RevisionSpecifier> specifiers) {
    Resolver resolver = new Resolver();
    return ChangesetGraph.union(specifiers.stream().map(s -> s.accept(resolver)).toList());
  }

  private BitSet all(List<Node> nodes) {
    return ChangesetGraph.setOf(nodes.stream().mapToInt(this::require).toArray());
  }

  /**
   * Returns those of {@code nodes} that are known: as in Mercurial, an unknown root of a range has
   * no effect.
   */
  BitSet known(List<Node> nodes) {
    return ChangesetGraph.setOf(
        nodes.stream().mapToInt(graph::find).filter(r -> r != ChangesetIndex.NONE).toArray());
  }

  /** Opens the root manifest of a changeset. */
  ManifestReader openManifest(int changeset) throws IOException {
    Node node = index().manifest(changeset);
    RevisionStore store = snapshot.manifests(ByteString.empty());
    StoredRevision revision = node.isNull() || store == null ? null : store.find(node);
    return ManifestReader.open(node, revision == null ? null : revision.open());
  }

  @Override
  public void close() throws IOException {
    snapshot.close();
  }

  private final class Resolver implements RevisionSpecifier.Visitor<BitSet> {
    @Override
    public BitSet visitExplicit(RevisionSpecifier.ChangesetExplicit specifier) {
      return all(specifier.nodes());
    }

    /**
     * The text counts the revisions of a walk; Mercurial counts generations: a depth of 2 includes
     * a merge and both its parents. This is Mercurial's behaviour.
     */
    @Override
    public BitSet visitExplicitDepth(RevisionSpecifier.ChangesetExplicitDepth specifier) {
      return graph.ancestors(all(specifier.nodes()), specifier.depth());
    }

    @Override
    public BitSet visitDagRange(RevisionSpecifier.ChangesetDagRange specifier) {
      return graph.range(known(specifier.roots()), all(specifier.heads()));
    }
  }

  /** Closes the view of a source; a client that has its response cannot learn of a failure. */
  void release() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
