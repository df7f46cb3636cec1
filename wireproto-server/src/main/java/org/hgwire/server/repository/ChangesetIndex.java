// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.text.ChangesetReader;

/**
 * The changesets of a snapshot, numbered from 0 so that parents come before children.
 *
 * <p>The numbers are valid for this snapshot only. The methods that declare no {@code IOException}
 * are called several times for each changeset of the repository or of a request: they must read
 * from memory. Used by one thread at a time, like the snapshot.
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

  /** Returns whether a changeset is hidden, for example because it is obsolete; by default no. */
  default boolean hidden(int revision) {
    return false;
  }

  /**
   * Returns whether no changeset is secret or hidden. If true, no command checks every changeset
   * for that; by default false: each command does.
   */
  default boolean everythingVisible() {
    return false;
  }

  /**
   * Returns the text of a changeset as a revision; its only link is the changeset itself.
   *
   * @throws IOException if the repository cannot be read
   */
  StoredRevision text(int revision) throws IOException;

  /**
   * Returns the node of the manifest of a changeset, or {@link Node#NULL} if it has no files.
   * Called for each changeset of a request for manifests or files. By default, the text is read.
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
   * Returns the branch of a changeset. By default, the text is read; because {@code branchmap} and
   * {@code lookup} call this for every changeset, a large repository keeps the branches in memory.
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
   * Returns whether a changeset closes its branch. Called for the heads of branches. By default,
   * the text is read.
   *
   * @throws IOException if the repository cannot be read
   */
  default boolean closesBranch(int revision) throws IOException {
    StoredRevision text = text(revision);
    try (ChangesetReader reader = ChangesetReader.open(text.node(), text.open())) {
      return reader.closesBranch();
    }
  }

  /**
   * Returns the paths that a changeset lists as changed, in the order of its text, as it has them.
   * Called for each changeset of a bundle. By default, the text is read.
   *
   * @throws IOException if the repository cannot be read
   */
  default List<ByteString> files(int revision) throws IOException {
    StoredRevision text = text(revision);
    List<ByteString> paths = new ArrayList<>();
    try (ChangesetReader reader = ChangesetReader.open(text.node(), text.open())) {
      reader.skipToFiles();
      for (ByteString path = reader.nextFile(); path != null; path = reader.nextFile()) {
        paths.add(path);
      }
    }
    return paths;
  }
}
