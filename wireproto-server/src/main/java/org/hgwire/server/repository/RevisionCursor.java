// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Revisions of a store, one after the other. Used by one thread at a time. */
@FunctionalInterface
public interface RevisionCursor {
  /**
   * Returns the next revision, or null after the last.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable StoredRevision next() throws IOException;
}
