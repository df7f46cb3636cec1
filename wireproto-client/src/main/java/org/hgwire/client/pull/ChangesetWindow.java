// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.waiting.WaitingChangesets;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.redirects.fetch.TemporaryFile;
import org.jspecify.annotations.Nullable;

/**
 * Verified changesets that wait, in a temporary file, until it is known whether the sink gets them:
 * those of a bundle until the server has shown their heads, those of a pull with a depth until all
 * have come.
 */
final class ChangesetWindow implements AutoCloseable {
  /** Gets the changesets of a window. */
  interface Receiver {
    void receive(PulledRevision changeset) throws IOException;
  }

  private final WaitingChangesets changesets;

  /**
   * Makes a window whose file is in {@code directory}, or in that of the platform if it is null.
   */
  ChangesetWindow(@Nullable Path directory) throws IOException {
    Path place = directory == null ? Path.of(System.getProperty("java.io.tmpdir", "")) : directory;
    changesets = new WaitingChangesets(place, TemporaryFile.open(directory));
  }

  boolean has(Node node) {
    return find(node) >= 0;
  }

  /** Returns the position of a changeset, or -1 if the window does not have it. */
  int find(Node node) {
    return changesets.find(node);
  }

  /** Returns the parents of the changeset at a position. */
  Parents parents(int position) throws IOException {
    return changesets.parents(position);
  }

  /** Returns the changeset at a position; its text can be read until the window is closed. */
  PulledRevision at(int position) throws IOException {
    Parents parents = changesets.parents(position);
    return new PulledRevision(
        RevisionKey.changeset(changesets.node(position)),
        parents.first(),
        parents.second(),
        null,
        changesets.text(position));
  }

  @Nullable RevisionText open(Node node) {
    int position = changesets.find(node);
    return position < 0 ? null : changesets.text(position);
  }

  int count() {
    return changesets.count();
  }

  /** Returns the size of the changesets in bytes. */
  long bytes() {
    return changesets.bytes();
  }

  /** Adds a changeset that the window does not have. */
  void add(Node node, Parents parents, RevisionText text) throws IOException {
    changesets.add(node, parents, text);
  }

  /** Returns the changesets that have no child in the window. */
  List<Node> heads() {
    return changesets.heads();
  }

  /** Passes on all changesets, in order. */
  void release(Receiver receiver) throws IOException {
    for (int position = 0; position < changesets.count(); position++) {
      receiver.receive(at(position));
    }
  }

  @Override
  public void close() throws IOException {
    changesets.close();
  }
}
