// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ChangegroupVersion;
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
      index.files(revisions.link()).forEach(history::addPath);
      return RevisionBody.replacing(base, revision);
    }
    ByteString text = RevisionBodies.text(revision);
    addPaths(text);
    return RevisionBody.replacing(base, text);
  }

  private void addPaths(ByteString text) {
    int start = 0;
    for (int line = 0; ; line++) {
      int end = text.indexOf((byte) '\n', start);
      if (end < 0 || (line >= LINES_BEFORE_FILES && end == start)) {
        return;
      }
      if (line >= LINES_BEFORE_FILES) {
        history.addPath(text.substring(start, end));
      }
      start = end + 1;
    }
  }
}
