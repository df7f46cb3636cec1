// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.testing;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
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
import org.jspecify.annotations.Nullable;

/**
 * A sink in memory of a repository, or of a part of one, which keeps all that it gets as it gets
 * it, and is there after {@link #close} too: for tests of what a pull gives to a sink.
 */
public final class MemorySink implements PullSink {
  private final Map<RevisionKey, RevisionText> texts = new HashMap<>();
  private final Map<Node, List<Node>> parents = new HashMap<>();
  private final Set<Node> heads = new HashSet<>();
  private final Set<Node> withChild = new HashSet<>();
  private final Set<Node> incomplete = new LinkedHashSet<>();
  private final RepositoryPart part;
  private @Nullable RepositoryState state;

  /** Makes a sink of a whole repository. */
  public MemorySink() {
    this(RepositoryPart.WHOLE);
  }

  /** Makes a sink of a part. */
  public MemorySink(RepositoryPart part) {
    this.part = part;
  }

  /** Takes its part, to any depth if it has one. */
  @Override
  public boolean takes(RepositoryPart other) {
    return other.paths().equals(part.paths())
        && other.hasAllGenerations() == part.hasAllGenerations();
  }

  /** Returns all revisions in the sink, in order. */
  public NavigableSet<RevisionKey> keys() {
    return new TreeSet<>(texts.keySet());
  }

  @Override
  public Collection<Node> heads() {
    return heads;
  }

  @Override
  public List<Node> parents(Node changeset) throws IOException {
    List<Node> found = parents.get(changeset);
    if (found == null) {
      throw new IOException("there is no changeset " + changeset);
    }
    return found;
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
  public void accept(PulledRevision revision) throws IOException {
    Node node = revision.key().node();
    texts.put(revision.key(), new MemoryText(revision.text().open().readAllBytes()));
    if (revision.key().kind() == RevisionKind.CHANGESET) {
      List<Node> present = new Parents(revision.firstParent(), revision.secondParent()).present();
      parents.put(node, present);
      withChild.addAll(present);
      heads.add(node);
      heads.removeAll(withChild);
      incomplete.add(node);
    }
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) {
    changesets.forEach(incomplete::remove);
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
