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
 * <p>A host implements five types: this one, {@link RepositorySnapshot} (a consistent view), {@link
 * ChangesetIndex} (the changesets), {@link RevisionStore} (the revisions of the manifests, or of
 * one file) and {@link StoredRevision} (one revision). Graph algorithms, the visibility of
 * changesets and the form of the responses are up to the library. Changes are refused unless the
 * host overrides the last three methods.
 *
 * <p>Used by several threads at once.
 */
public interface Repository {
  /**
   * Opens a view of the repository as it is now; later changes are not visible in it. The caller
   * closes it. Each call of a command opens one and keeps it until its response is complete, so
   * this must be cheap: no copy, no scan.
   *
   * @throws IOException if the repository cannot be read
   */
  RepositorySnapshot snapshot() throws IOException;

  /**
   * Returns the identity of this repository among all that share a cache of responses: the same for
   * its whole life, even if it is moved or renamed, and never reused for another. Null, the
   * default, if the host has none: then no response is cached.
   *
   * @throws IOException if the repository cannot be read
   */
  default @Nullable ByteString id() throws IOException {
    return null;
  }

  /**
   * Sets, moves or deletes a bookmark if it still points where the client expects; comparison and
   * change are one atomic step. The client's permission was checked before the call. By default,
   * bookmarks cannot be changed.
   *
   * @param name the name of the bookmark
   * @param before where it must point now, or null if it must not exist
   * @param after the visible changeset to point to, or null to delete the bookmark
   * @return whether it was changed
   * @throws IOException if the repository cannot be written
   */
  default boolean moveBookmark(ByteString name, @Nullable Node before, @Nullable Node after)
      throws IOException {
    return false;
  }

  /**
   * Moves a changeset and its ancestors to a phase nearer to public, if the changeset is still in
   * the phase that the client expects. By default, phases cannot be changed.
   *
   * @param changeset a visible changeset
   * @param before the phase that it must have now
   * @param after the new phase, less than {@code before} in the order of {@link Phase}
   * @return whether it was changed
   * @throws IOException if the repository cannot be written
   */
  default boolean advancePhase(Node changeset, Phase before, Phase after) throws IOException {
    return false;
  }

  /**
   * Sets a value in one of the host's own pushkey namespaces. By default, nothing can be set.
   *
   * @param namespace one of {@link RepositorySnapshot#namespaces()}
   * @param key the key to set
   * @param before the value that it must have now; empty if it must have none
   * @param after the new value; empty to delete the key
   * @return whether it was changed
   * @throws IOException if the repository cannot be written
   */
  default boolean pushkey(ByteString namespace, ByteString key, ByteString before, ByteString after)
      throws IOException {
    return false;
  }
}
