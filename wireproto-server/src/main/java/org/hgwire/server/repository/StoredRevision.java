// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a changeset, a manifest or a file: where it stands, and its text, which may be
 * larger than memory.
 */
public interface StoredRevision {
  /** Returns the node: the hash of the parents and the text. */
  Node node();

  /** Returns the first parent, or {@link Node#NULL}. */
  Node parent1();

  /** Returns the second parent, or {@link Node#NULL}. */
  Node parent2();

  /**
   * Returns the numbers of the changesets that introduced the revision, ascending; never empty. A
   * revision is introduced by each changeset that has it while its parents have not.
   */
  IntStream links();

  /** Returns the length of the text in bytes. */
  long size();

  /**
   * Opens the text as it is hashed; that of a file includes the metadata of copies. It gives
   * exactly {@link #size()} bytes, is closed by whoever opened it, and before the snapshot.
   *
   * @throws IOException if the repository cannot be read
   */
  InputStream open() throws IOException;

  /**
   * Returns the delta that the store keeps for this revision, if it has one at hand whose base is
   * useful to others; null to have the library compute one, or send the text, as by default.
   *
   * @throws IOException if the repository cannot be read
   */
  default @Nullable StoredDelta delta() throws IOException {
    return null;
  }
}
