// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/** The revisions of one file, or of the manifests of one tree. */
public interface RevisionStore {
  /**
   * Returns the revision of a node, or null if it is not stored.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable StoredRevision find(Node node) throws IOException;

  /**
   * Returns whether {@link StoredRevision#links()} names every changeset that introduced the
   * revision. A store that keeps only the first, as Mercurial's own does, returns false: the
   * library then looks for another changeset itself when the first may not be seen.
   */
  default boolean recordsEveryLink() {
    return true;
  }
}
