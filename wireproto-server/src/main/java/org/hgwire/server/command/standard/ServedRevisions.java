// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** Revisions of one store that may be served, parents before children. */
@FunctionalInterface
interface ServedRevisions {
  /** Returns the next revision, or null after the last. */
  @Nullable ServedRevision next() throws IOException;

  static ServedRevisions of(List<ServedRevision> revisions) {
    Iterator<ServedRevision> left = revisions.iterator();
    return () -> left.hasNext() ? left.next() : null;
  }

  /** Returns revisions of which each first link may be served. */
  static ServedRevisions of(RevisionCursor revisions) {
    return () -> {
      StoredRevision revision = revisions.next();
      return revision == null ? null : ServedRevision.of(revision);
    };
  }
}
