// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a changeset, a manifest or a file: its place in the history, and its text, which
 * may be larger than memory.
 */
public interface StoredRevision {
  /** Returns the node: the hash of the parents and the text. */
  Node node();

  /** Returns the first parent, or {@link Node#NULL}. */
  Node parent1();

  /** Returns the second parent, or {@link Node#NULL}. */
  Node parent2();

  /**
   * Returns the numbers of the changesets that introduced the revision, in ascending order, at
   * least one. A changeset introduces a revision that it has and none of its parents has.
   */
  IntStream links();

  /**
   * Returns the first of the {@linkplain #links() links}. Called for each revision of a response; a
   * store that has it at hand overrides this.
   */
  default int firstLink() {
    return links().findFirst().orElseThrow();
  }

  /**
   * Returns the flags of the revision ({@code hg help internals.revlogs}), as changegroups 03 have
   * them: 0x8000 if it is censored. By default none.
   */
  default int flags() {
    return 0;
  }

  /** Returns the length of the text in bytes. */
  long size();

  /**
   * Opens the text that the node is a hash of; for a file it includes the metadata of copies. The
   * stream has exactly {@link #size()} bytes. The caller closes it, before it closes the snapshot.
   *
   * @throws IOException if the repository cannot be read
   */
  InputStream open() throws IOException;

  /**
   * Returns the delta that the store keeps for this revision, if it can be sent as it is. Null, the
   * default, if there is none: then the library computes one or sends the text.
   *
   * @throws IOException if the repository cannot be read
   */
  default @Nullable StoredDelta delta() throws IOException {
    return null;
  }
}
