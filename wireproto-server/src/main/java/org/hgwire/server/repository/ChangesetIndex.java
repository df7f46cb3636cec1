// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.text.ChangesetReader;

/**
 * The changesets of a snapshot, numbered from 0 in an order in which parents come before children.
 *
 * <p>The numbers are of this snapshot only. All methods but those that may throw are called very
 * often (several times for each changeset of a request): they must answer from memory.
 */
public interface ChangesetIndex {
  /** The number of a changeset that does not exist. */
  int NONE = -1;

  /** Returns how many changesets there are, hidden ones included. */
  int count();

  /** Returns the node of a changeset. */
  Node node(int revision);

  /** Returns the number of a changeset, or {@link #NONE} if it is not in the repository. */
  int revision(Node node);

  /** Returns the first parent of a changeset, or {@link #NONE}. */
  int parent1(int revision);

  /** Returns the second parent of a changeset, or {@link #NONE}. */
  int parent2(int revision);

  /** Returns the phase of a changeset. */
  Phase phase(int revision);

  /** Returns whether a changeset is hidden, for instance because it is obsolete. */
  default boolean hidden(int revision) {
    return false;
  }

  /**
   * Returns whether no changeset is secret or hidden. A host that knows it spares the library a
   * look at each of them; by default it does not.
   */
  default boolean everythingVisible() {
    return false;
  }

  /**
   * Returns the text of a changeset as a revision; its links are the changeset itself.
   *
   * @throws IOException if the repository cannot be read
   */
  StoredRevision text(int revision) throws IOException;

  /**
   * Returns the node of the manifest of a changeset. By default its text is read.
   *
   * @throws IOException if the repository cannot be read
   */
  default Node manifest(int revision) throws IOException {
    StoredRevision text = text(revision);
    try (ChangesetReader reader = ChangesetReader.open(text.node(), text.open())) {
      return reader.manifest();
    }
  }

  /**
   * Returns the branch a changeset is on. By default its text is read; as this is asked for every
   * changeset, a large repository answers from a cache of its own.
   *
   * @throws IOException if the repository cannot be read
   */
  default ByteString branch(int revision) throws IOException {
    StoredRevision text = text(revision);
    try (ChangesetReader reader = ChangesetReader.open(text.node(), text.open())) {
      return reader.branch();
    }
  }

  /**
   * Returns whether a changeset closes its branch. By default its text is read.
   *
   * @throws IOException if the repository cannot be read
   */
  default boolean closesBranch(int revision) throws IOException {
    StoredRevision text = text(revision);
    try (ChangesetReader reader = ChangesetReader.open(text.node(), text.open())) {
      return reader.closesBranch();
    }
  }
}
