// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.Comparator;
import java.util.List;
import org.hgwire.server.repository.StoredRevision;

/**
 * A revision that may be served.
 *
 * @param revision the revision
 * @param link the number of a changeset that may be served and introduced it
 * @param order the number of the first changeset that introduced it: the order of its store
 */
record ServedRevision(StoredRevision revision, int link, int order) {
  static ServedRevision of(StoredRevision revision, int link) {
    return new ServedRevision(revision, link, revision.firstLink());
  }

  /** Returns a revision whose first link may be served. */
  static ServedRevision of(StoredRevision revision) {
    int link = revision.firstLink();
    return new ServedRevision(revision, link, link);
  }

  /** Sorts revisions as their store does: parents before children. */
  static List<ServedRevision> sort(List<ServedRevision> revisions) {
    revisions.sort(Comparator.comparingInt(ServedRevision::order));
    return revisions;
  }
}
