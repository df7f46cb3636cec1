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
 * <p>Used by one thread at a time, but not always by the same one. What it returns is used only
 * until it is closed. The host reports all that it stores; the library hides what must not be
 * served.
 */
public interface RepositorySnapshot extends Closeable {
  /**
   * Returns the identity of the state of all that a response can depend on: changesets, hidden ones
   * among them, phases, bookmarks, store files. Two views with the same id give the same responses,
   * even after a restart if the host keeps its {@link Repository#id()}. Called for every command,
   * so it must take constant time. Null, the default, if the host has none: then no response is
   * cached.
   *
   * @throws IOException if the repository cannot be read
   */
  default @Nullable ByteString stateId() throws IOException {
    return null;
  }

  /**
   * Returns where the library keeps what it computed of this state: the same object for all views
   * with the same state, another one for another state. Null, the default, if the host keeps none:
   * then it is computed for each request.
   */
  default @Nullable DerivedFacts derived() {
    return null;
  }

  /** Returns the index of the changesets. */
  ChangesetIndex changesets();

  /**
   * Returns the manifests of a tree, or null if there is no such tree. Called a few times per
   * command.
   *
   * @param tree the directory; empty for the root manifest, the only one of a repository with flat
   *     manifests
   * @throws IOException if the repository cannot be read
   */
  @Nullable RevisionStore manifests(ByteString tree) throws IOException;

  /**
   * Returns the revisions of the file at {@code path}, or null if there has never been one. Called
   * for each file that a response has revisions of.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable RevisionStore file(ByteString path) throws IOException;

  /**
   * Returns the files that a changeset changed, sorted by path: each path in the changeset's list
   * of files, with its node in the changeset's manifest, or none if it was removed.
   *
   * <p>Called for each changeset whose files a client wants. By default, the text of the changeset
   * is read, and its manifest up to the last of these files. A host that stores the result
   * overrides this.
   *
   * @param revision the number of a changeset
   * @throws IOException if the repository cannot be read
   */
  default List<FileChange> changes(int revision) throws IOException {
    return ChangedFiles.of(this, revision);
  }

  /**
   * Returns the bookmarks: the changeset of each, by name.
   *
   * @throws IOException if the repository cannot be read
   */
  default Map<ByteString, Node> bookmarks() throws IOException {
    return Map.of();
  }

  /**
   * Returns the changeset of a name that only the host knows, such as a tag, or null. The library
   * itself resolves bookmarks, branches, nodes and their prefixes, numbers, {@code tip} and {@code
   * null}; {@code .}, the changeset that the working directory is at, is the host's.
   *
   * @throws IOException if the repository cannot be read
   */
  default @Nullable Node lookup(ByteString name) throws IOException {
    return null;
  }

  /**
   * Returns whether the repository publishes: what is pulled from it is public. By default, as in
   * Mercurial, it does.
   */
  default boolean publishing() {
    return true;
  }

  /**
   * Returns the obsolescence markers, or null, the default, if none are exchanged with clients.
   * Markers name changesets that are not served. Called for each handshake and each bundle, so it
   * must not read them.
   */
  default @Nullable ObsolescenceMarkers obsolescenceMarkers() {
    return null;
  }

  /** Returns the host's own pushkey namespaces; by default none. */
  default Set<ByteString> namespaces() {
    return Set.of();
  }

  /**
   * Returns the keys and values of one of the host's own pushkey namespaces.
   *
   * @param namespace one of {@link #namespaces()}
   * @throws IOException if the repository cannot be read
   */
  default Map<ByteString, ByteString> listkeys(ByteString namespace) throws IOException {
    return Map.of();
  }

  /**
   * Returns the stored bundles for clients that pull, the most preferred first; by default none.
   * Called for each bundle that a client of version 1 requests. The library sends one where it fits
   * the request, and makes a bundle otherwise.
   *
   * @throws IOException if they cannot be listed
   */
  default List<PullBundle> pullBundles() throws IOException {
    return List.of();
  }

  /**
   * Returns the raw files of the store, or null, the default, if the host does not offer them. A
   * client that copies them has all changesets, so they are not served while any changeset is
   * hidden or secret.
   */
  default @Nullable StoreFiles storeFiles() {
    return null;
  }

  /**
   * Checks that all that was read through this view belongs to it. Called when a response is
   * complete, before its end is sent. A host whose storage may change under a view, such as files
   * that another program cuts, overrides this; by default there is nothing to check.
   *
   * @throws IOException if something else was read: the response fails
   */
  default void verify() throws IOException {}

  /**
   * Returns what a failure to read this view means. Called when a response fails because something
   * is not there, or not as it should be. A host whose storage may change under a view returns an
   * error that says so, if that is the reason; by default it is the failure itself.
   */
  default IOException explain(IOException failure) {
    return failure;
  }

  /**
   * Releases what the view holds, such as a transaction. The view is not used afterwards.
   *
   * @throws IOException if the repository cannot be read
   */
  @Override
  void close() throws IOException;
}
