// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/** A sink that records what another sink gets, for comparison. */
final class BundleSinkRecord implements PullSink {
  private final PullSink sink;
  final Set<String> revisions = new HashSet<>();
  final Set<Node> completed = new HashSet<>();

  BundleSinkRecord(PullSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(PulledRevision revision) throws IOException {
    ByteString text;
    try (InputStream in = revision.text().open()) {
      text = ByteString.copyOf(in.readAllBytes());
    }
    String line =
        String.join(
            " ",
            revision.key().toString(),
            revision.firstParent().hex(),
            revision.secondParent().hex(),
            String.valueOf(revision.linknode()),
            String.valueOf(text.hashCode()));
    if (!revisions.add(line)) {
      throw new IllegalStateException("received twice: " + line);
    }
    sink.accept(revision);
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) throws IOException {
    completed.addAll(changesets);
    sink.changesetsCompleted(changesets);
  }

  @Override
  public Collection<Node> heads() throws IOException {
    return sink.heads();
  }

  @Override
  public List<Node> parents(Node changeset) throws IOException {
    return sink.parents(changeset);
  }

  @Override
  public Iterable<Node> incomplete() throws IOException {
    return sink.incomplete();
  }

  @Override
  public boolean has(RevisionKey key) throws IOException {
    return sink.has(key);
  }

  @Override
  public @Nullable RevisionText open(RevisionKey key) throws IOException {
    return sink.open(key);
  }

  @Override
  public void stateReceived(RepositoryState state) throws IOException {
    sink.stateReceived(state);
  }

  @Override
  public @Nullable RepositoryState state() throws IOException {
    return sink.state();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
