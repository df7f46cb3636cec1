// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.text.ManifestReader;
import org.hgwire.server.repository.work.Steps;

/**
 * The repository as one call of a command sees it: a snapshot, what of it may be served, and how
 * much of it the call may look at.
 */
final class RequestView {
  private final RepositorySnapshot snapshot;
  private final ChangesetGraph graph;
  private final Steps steps;

  RequestView(RepositorySnapshot snapshot, ChangesetGraph graph, Steps steps) {
    this.snapshot = snapshot;
    this.graph = graph;
    this.steps = steps;
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

  /** Opens the root manifest of a changeset. */
  ManifestReader openManifest(int changeset) throws IOException {
    Node node = index().manifest(changeset);
    RevisionStore store = snapshot.manifests(ByteString.empty());
    StoredRevision revision = node.isNull() || store == null ? null : store.find(node);
    if (revision == null && !node.isNull()) {
      String place = store == null ? null : store.place();
      throw new IOException(
          "the repository is damaged: the manifest "
              + node
              + " of changeset "
              + index().node(changeset)
              + " is missing"
              + (place == null ? "" : " in " + place));
    }
    return ManifestReader.open(node, revision == null ? null : revision.open());
  }

  /** Returns the steps of the call. */
  Steps steps() {
    return steps;
  }
}
