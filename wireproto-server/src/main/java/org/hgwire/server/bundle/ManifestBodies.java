// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.text.InsertedLines;
import org.jspecify.annotations.Nullable;

/**
 * Sends manifests as others are sent, and collects which revisions of files they name on the way:
 * those of the lines that a delta inserts; of a text, those that its changeset changed.
 */
final class ManifestBodies implements RevisionBodies {
  private final RevisionBodies bodies;
  private final RepositorySnapshot snapshot;
  private final MissingHistory history;

  ManifestBodies(RevisionBodies bodies, RepositorySnapshot snapshot, MissingHistory history) {
    this.bodies = bodies;
    this.snapshot = snapshot;
    this.history = history;
  }

  @Override
  public RevisionBody of(
      MissingRevisions revisions, StoredRevision revision, @Nullable StoredRevision previous)
      throws IOException {
    RevisionBody body = bodies.of(revisions, revision, previous);
    StoredDelta delta = body.delta();
    int changeset = revisions.link();
    if (delta == null) {
      for (FileChange change : snapshot.changes(changeset)) {
        Node node = change.node();
        if (node != null) {
          history.addNamed(change.path(), node, changeset);
        }
      }
      return body;
    }
    InsertedLines lines = new InsertedLines(delta.hunks());
    while (lines.next()) {
      Node node = lines.node();
      if (node != null) {
        history.addNamed(lines.path(), node, changeset);
      }
    }
    return body;
  }
}
