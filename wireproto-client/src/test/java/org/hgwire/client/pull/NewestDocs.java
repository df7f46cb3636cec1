// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryPart;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.PathFilter;
import org.jspecify.annotations.Nullable;

/** The sink that the guide of the client shows. */
final class NewestDocs implements PullSink {
  private static final PathFilter DOCS = PathFilter.including("path:docs");
  private final Map<RevisionKey, RevisionText> texts = new HashMap<>();
  private final Map<Node, List<Node>> parents = new HashMap<>();
  private final Set<Node> incomplete = new LinkedHashSet<>();
  private @Nullable RepositoryState state;

  @Override
  public boolean takes(RepositoryPart part) {
    return part.paths().equals(DOCS) && !part.hasAllGenerations();
  }

  @Override
  public void accept(PulledRevision revision) throws IOException {
    RevisionKey key = revision.key();
    texts.put(key, new MemoryText(revision.text().readAll().toByteArray()));
    if (key.kind() == RevisionKind.CHANGESET) {
      Parents both = new Parents(revision.firstParent(), revision.secondParent());
      parents.put(key.node(), both.present()); // also those that do not come
      incomplete.add(key.node());
    }
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) throws IOException {
    changesets.forEach(incomplete::remove); // their files are all there: index them here
  }

  @Override
  public Set<Node> heads() {
    Set<Node> heads = new HashSet<>(parents.keySet());
    parents.values().forEach(heads::removeAll);
    return heads;
  }

  @Override
  public List<Node> parents(Node changeset) {
    return Objects.requireNonNull(parents.get(changeset));
  }

  @Override
  public Iterable<Node> incomplete() {
    return List.copyOf(incomplete);
  }

  @Override
  public boolean has(RevisionKey key) {
    return texts.containsKey(key);
  }

  @Override
  public @Nullable RevisionText open(RevisionKey key) {
    return texts.get(key);
  }

  @Override
  public void stateReceived(RepositoryState received) {
    state = received;
  }

  @Override
  public @Nullable RepositoryState state() {
    return state;
  }

  @Override
  public void close() {}
}
