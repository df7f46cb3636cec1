// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A repository as a host offers it: the storage behind the commands.
 *
 * <p>A host implements four things: {@link #snapshot}, and behind it {@link ChangesetIndex} (which
 * changesets there are), {@link RevisionStore} (the revisions of manifests and of each file) and
 * {@link StoredRevision} (one revision). All graph algorithms, the visibility of changesets and the
 * shape of the responses are the library's. What changes a repository is refused unless the host
 * overrides the last three methods.
 *
 * <p>Used by several threads at once.
 */
public interface Repository {
  /**
   * Opens a view of the repository as it is now. What is written later is not seen through it; it
   * is closed by whoever opened it. A command opens one for its whole response.
   *
   * @throws IOException if the repository cannot be read
   */
  RepositorySnapshot snapshot() throws IOException;

  /**
   * Returns what tells this repository from all others of this server and of those with which it
   * shares a cache of responses: the same for the life of the repository, wherever it is moved, and
   * never given to another. Null, the default, if the host cannot tell: then no response is cached.
   *
   * @throws IOException if that cannot be found out
   */
  default @Nullable ByteString id() throws IOException {
    return null;
  }

  /**
   * Sets, moves or deletes a bookmark, if it still points where the client thinks; the comparison
   * and the change are one atomic step. Whether the client may do it was asked before. By default
   * bookmarks cannot be changed.
   *
   * @param name the name of the bookmark
   * @param before where it must point now, or null if it must not exist
   * @param after where it shall point, a visible changeset, or null to delete it
   * @return whether it was changed
   * @throws IOException if the repository cannot be written
   */
  default boolean moveBookmark(ByteString name, @Nullable Node before, @Nullable Node after)
      throws IOException {
    return false;
  }

  /**
   * Moves a changeset and its ancestors to a phase that is nearer to public, if the changeset is
   * still in the phase the client thinks. By default phases cannot be changed.
   *
   * @param changeset a visible changeset
   * @param before its phase now
   * @param after the phase to move to, below {@code before}
   * @return whether it was changed
   * @throws IOException if the repository cannot be written
   */
  default boolean advancePhase(Node changeset, Phase before, Phase after) throws IOException {
    return false;
  }

  /**
   * Sets a value in a pushkey namespace of the host's own. By default there is none.
   *
   * @param namespace one of {@link RepositorySnapshot#namespaces()}
   * @param key what to set
   * @param before its value as the client thinks; empty if there should be none
   * @param after its value from now on; empty to delete it
   * @return whether it was changed
   * @throws IOException if the repository cannot be written
   */
  default boolean pushkey(ByteString namespace, ByteString key, ByteString before, ByteString after)
      throws IOException {
    return false;
  }
}
