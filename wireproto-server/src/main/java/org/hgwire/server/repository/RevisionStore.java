// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.util.BitSet;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of one file, or of the manifests of one tree. Used by one thread at a time, like
 * the snapshot.
 */
public interface RevisionStore {
  /**
   * Returns the revision of a node, or null if it is not stored. Called for each revision that is
   * served or that a delta is made against: one lookup by key, without reading the text.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable StoredRevision find(Node node) throws IOException;

  /**
   * Returns the revisions whose first link is one of {@code changesets}, parents before children;
   * null, the default, if the store cannot list them: then the library asks for the changes of each
   * changeset. Called for each file of a response, once to count the revisions and once to send
   * them; both give the same. A revision is used until the next but one is asked for.
   *
   * @param changesets the numbers of changesets; not changed while the cursor is used
   * @throws IOException if the repository cannot be read
   */
  default @Nullable RevisionCursor introducedBy(BitSet changesets) throws IOException {
    return null;
  }

  /**
   * Returns where the revisions are stored, such as the path of a file, for messages to whoever
   * runs the server; null, the default, if there is nothing to say.
   */
  default @Nullable String place() {
    return null;
  }

  /**
   * Returns whether {@link StoredRevision#links()} has every changeset that introduced the
   * revision. A store that keeps only the first, as Mercurial's own does, returns false: if that
   * one is secret or hidden, the library searches for another.
   */
  default boolean recordsEveryLink() {
    return true;
  }
}
