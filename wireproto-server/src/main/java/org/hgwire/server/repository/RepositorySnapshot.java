// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * One consistent view of a repository, for one request.
 *
 * <p>Used by one thread at a time, not always the same. What it returned may be used until it is
 * closed. The host reports everything it stores; the library holds back what may not be served.
 */
public interface RepositorySnapshot extends Closeable {
  /**
   * Returns what identifies the state of all that a response can depend on: changesets, which of
   * them may be seen, phases, bookmarks, store files. Two views with the same id give the same
   * responses, also after a restart if the host keeps its {@link Repository#id()}. It is asked for
   * with every command, so it must cost next to nothing. Null, the default, if the host cannot
   * tell: then no response is cached.
   *
   * @throws IOException if the repository cannot be read
   */
  default @Nullable ByteString stateId() throws IOException {
    return null;
  }

  /** Returns the index of the changesets. */
  ChangesetIndex changesets();

  /**
   * Returns the manifests of a tree, or null if there is no such tree.
   *
   * @param tree the directory; empty for the root manifest, the only one of a repository whose
   *     manifests are flat
   * @throws IOException if the repository cannot be read
   */
  @Nullable RevisionStore manifests(ByteString tree) throws IOException;

  /**
   * Returns the revisions of the file at {@code path}, or null if there was never one.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable RevisionStore file(ByteString path) throws IOException;

  /**
   * Returns the files that a changeset changed, sorted by path: each path of the changeset's own
   * list of files, with the node it has in the changeset's manifest, or none if it was removed.
   *
   * <p>By default the text of the changeset and its manifest are read to the last file that it
   * names. A host that stores the answer overrides this.
   *
   * @param revision a changeset of the index
   * @throws IOException if the repository cannot be read
   */
  default List<FileChange> changes(int revision) throws IOException {
    return ChangedFiles.of(this, revision);
  }

  /**
   * Returns where the bookmarks point, by name.
   *
   * @throws IOException if the repository cannot be read
   */
  default Map<ByteString, Node> bookmarks() throws IOException {
    return Map.of();
  }

  /**
   * Returns the changeset that a name of the host's own stands for, such as a tag, or null.
   * Bookmarks, branches, nodes and their prefixes, {@code tip} and {@code null} are the library's.
   *
   * @throws IOException if the repository cannot be read
   */
  default @Nullable Node lookup(ByteString name) throws IOException {
    return null;
  }

  /**
   * Returns whether the repository publishes: what is pulled from it is public. By default it does,
   * as Mercurial's do.
   */
  default boolean publishing() {
    return true;
  }

  /** Returns the pushkey namespaces of the host's own. */
  default Set<ByteString> namespaces() {
    return Set.of();
  }

  /**
   * Returns the keys and values of a pushkey namespace of the host's own.
   *
   * @param namespace one of {@link #namespaces()}
   * @throws IOException if the repository cannot be read
   */
  default Map<ByteString, ByteString> listkeys(ByteString namespace) throws IOException {
    return Map.of();
  }

  /**
   * Returns the raw files of the store, or null if the host does not offer them, as by default. A
   * client that copies them has all changesets, so they are not served while one of them may not be
   * seen.
   */
  default @Nullable StoreFiles storeFiles() {
    return null;
  }

  /**
   * Frees what the view holds. It is not used afterwards.
   *
   * @throws IOException if that fails
   */
  @Override
  void close() throws IOException;
}
