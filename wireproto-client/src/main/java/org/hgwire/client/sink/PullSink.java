// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Where a pull puts what it gets, and what it asks what is there already.
 *
 * <p>All methods are called on the thread that runs the pull. A sink may be given revisions of
 * changesets before their manifests and files; {@link #changesetsCompleted} says when all is there.
 * A pull that was cut is gone on with by a new pull into the same sink.
 */
public interface PullSink extends AutoCloseable {
  /** Returns the changesets in the sink, complete or not, that have no child there. */
  Collection<Node> heads() throws IOException;

  /** Returns the parents, without the null node, of a changeset in the sink. */
  List<Node> parents(Node changeset) throws IOException;

  /**
   * Returns the changesets in the sink for which {@link #changesetsCompleted} was not called yet,
   * parents before children.
   */
  Iterable<Node> incomplete() throws IOException;

  /** Returns whether the sink has a revision. */
  boolean has(RevisionKey key) throws IOException;

  /**
   * Returns the text of a revision in the sink, or null if there is none. Used for the bases of
   * deltas, and for what a changeset or manifest says.
   */
  @Nullable RevisionText open(RevisionKey key) throws IOException;

  /** Takes a revision, verified, that the sink does not have; its parents came before. */
  void accept(PulledRevision revision) throws IOException;

  /** Takes note that the manifests and file revisions of these changesets are all there. */
  void changesetsCompleted(List<Node> changesets) throws IOException;

  /**
   * Takes all heads, bookmarks and phases of the repository, in place of what came before: the last
   * that a pull does, when all changesets are complete, and only if something differs from {@link
   * #state}. The sink has all changesets in it.
   */
  void stateReceived(RepositoryState state) throws IOException;

  /** Returns what {@link #stateReceived} took last, or null if it was never called. */
  @Nullable RepositoryState state() throws IOException;

  @Override
  void close() throws IOException;
}
