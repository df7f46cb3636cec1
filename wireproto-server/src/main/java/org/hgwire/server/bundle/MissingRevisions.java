// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** The revisions of one store that a receiver lacks, in the order of the store. */
interface MissingRevisions {
  /** No revisions. */
  MissingRevisions NONE =
      new MissingRevisions() {
        @Override
        public @Nullable StoredRevision next() {
          return null;
        }

        @Override
        public int link() {
          return ChangesetIndex.NONE;
        }

        @Override
        public boolean has(Node node) {
          return false;
        }

        @Override
        public @Nullable StoredRevision find(Node node) {
          return null;
        }
      };

  /**
   * Returns the next revision, or null after the last.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable StoredRevision next() throws IOException;

  /**
   * Returns the changeset that introduced the revision that was returned last: the first of those
   * that are sent.
   */
  int link();

  /**
   * Returns whether the receiver has a revision when it gets the one that was returned last: from
   * before, or because it was returned.
   *
   * @throws IOException if the repository cannot be read
   */
  boolean has(Node node) throws IOException;

  /**
   * Returns a revision of the store, or null.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable StoredRevision find(Node node) throws IOException;
}
