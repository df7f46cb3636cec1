// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** Decides what is sent of the revisions of a delta group. */
interface RevisionBodies {
  /**
   * Returns the body of a revision.
   *
   * @param revisions the revisions of the group; this one was returned last
   * @param previous the one before it, or null if it is the first
   * @throws IOException if the repository cannot be read
   */
  RevisionBody of(
      MissingRevisions revisions, StoredRevision revision, @Nullable StoredRevision previous)
      throws IOException;

  /**
   * Reads the text of a revision.
   *
   * @throws IOException if the repository cannot be read, or the text does not have its size
   */
  static ByteString text(StoredRevision revision) throws IOException {
    try (InputStream input = revision.open()) {
      int size = (int) revision.size();
      byte[] bytes = input.readNBytes(size);
      if (bytes.length != size || input.read() >= 0) {
        throw new IOException(
            "the text of " + revision.node() + " does not have the declared " + size + " bytes");
      }
      return ByteString.copyOf(bytes);
    }
  }
}
