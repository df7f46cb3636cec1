// SPDX-License-Identifier: Apache-2.0
/**
 * The repository contract: what a host implements so that its storage can be served.
 *
 * <p>Begin with {@link org.hgwire.server.repository.Repository}. A host implements five types, in
 * this order:
 *
 * <ol>
 *   <li>{@link org.hgwire.server.repository.Repository}: one repository. A command calls {@code
 *       snapshot()} once; opening a read transaction is cheap enough, copying an index is not.
 *   <li>{@link org.hgwire.server.repository.RepositorySnapshot}: a view that does not change while
 *       a response is produced. Its {@code stateId()}, which enables caches of responses, takes
 *       constant time; {@code manifests} and {@code file} are one lookup.
 *   <li>{@link org.hgwire.server.repository.ChangesetIndex}: the changesets, numbered so that
 *       parents come first. Nodes, parents and phases are read from memory, since most commands
 *       visit all of them: some 40 to 200 bytes per changeset. Texts are read from storage.
 *   <li>{@link org.hgwire.server.repository.RevisionStore}: the revisions of the manifests, or of
 *       one file, by node. One lookup per revision, without its text.
 *   <li>{@link org.hgwire.server.repository.StoredRevision}: parents, changesets that introduced
 *       it, size, and the text as a stream. A text is opened when it is sent, and again when a
 *       delta is made against it; it is never required to fit in memory.
 * </ol>
 *
 * <p>The other methods have defaults that read these texts. {@code RepositorySnapshot.changes} and
 * {@code ChangesetIndex.branch} are the two that a large repository overrides, with what it
 * recorded when a changeset was added. {@code RepositorySnapshot.derived} returns a {@link
 * org.hgwire.server.repository.DerivedFacts} that the host keeps for each state, so that heads and
 * visibility are computed once. {@link org.hgwire.server.repository.FileChange}, {@link
 * org.hgwire.server.repository.StoredDelta}, {@link org.hgwire.server.repository.PullBundle} and
 * {@link org.hgwire.server.repository.StoreFiles} are what such methods return.
 *
 * <p>Data goes one way: the dispatcher opens a snapshot, the command asks the index which
 * changesets a request means, finds their revisions in the stores and streams the texts to the
 * client; then the snapshot is closed. A host reports all that it stores. The library decides what
 * a client sees: no secret or hidden changeset, nor anything that only such changesets have.
 *
 * <p>A {@code Repository} is used by several threads at once; a snapshot, and all that it returns,
 * by one at a time. A method that cannot read its storage throws {@link java.io.IOException}: it is
 * logged, and the client gets an internal server error without its message. {@link
 * org.hgwire.server.repository.memory.MemoryRepository} is an implementation to read and to test
 * with.
 */
@NullMarked
package org.hgwire.server.repository;

import org.jspecify.annotations.NullMarked;
