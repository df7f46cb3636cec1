// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * Sends texts of changesets, as Mercurial does: two of them have little in common. On the way, the
 * files that they list are collected.
 */
final class ChangesetBodies implements RevisionBodies {
  /** A longer text is streamed, and opened a second time for its files. */
  private static final int MAX_TEXT = 1 << 20;

  private static final int LINES_BEFORE_FILES = 3;
  private static final int HEX = 2 * Node.BYTES;

  private final ChangegroupVersion version;
  private final ChangesetIndex index;
  private final MissingHistory history;

  ChangesetBodies(ChangegroupVersion version, ChangesetIndex index, MissingHistory history) {
    this.version = version;
    this.index = index;
    this.history = history;
  }

  @Override
  public RevisionBody of(
      MissingRevisions revisions, StoredRevision revision, @Nullable StoredRevision previous)
      throws IOException {
    DeltaBase base = DeltaBase.ofText(version, revisions, revision, previous);
    if (revision.size() > MAX_TEXT) {
      int changeset = revisions.link();
      history.requireManifest(index.manifest(changeset), changeset);
      index.files(changeset).forEach(path -> history.addPath(path, changeset));
      return RevisionBody.replacing(base, revision);
    }
    RevisionBody body = RevisionBody.holding(base, revision);
    ByteBuffer text = body.text();
    requireManifest(text, revisions.link());
    addPaths(text, revisions.link());
    return body;
  }

  /** A text that does not begin with a node is for its receiver to refuse. */
  private void requireManifest(ByteBuffer text, int changeset) throws IOException {
    if (text.remaining() >= HEX) {
      try {
        String hex = ByteString.copyOf(text.slice(0, HEX)).utf8();
        history.requireManifest(Node.fromHex(hex), changeset);
      } catch (IllegalArgumentException e) {
        // it is no node
      }
    }
  }

  private void addPaths(ByteBuffer text, int changeset) {
    int line = 0;
    int start = 0;
    for (int i = 0; i < text.limit(); i++) {
      if (text.get(i) == '\n') {
        if (line >= LINES_BEFORE_FILES && i == start) {
          return;
        }
        if (line >= LINES_BEFORE_FILES) {
          history.addPath(ByteString.copyOf(text.slice(start, i - start)), changeset);
        }
        line++;
        start = i + 1;
      }
    }
  }
}
