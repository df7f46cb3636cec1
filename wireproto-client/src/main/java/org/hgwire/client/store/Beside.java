// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.client.waiting.WaitingChangesets;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.store.revlog.Revlog;

/**
 * The changesets that were pulled and are not in the repository yet, because their manifests and
 * files are not all there: in the file {@code .hg/hgwire/changesets}, in the order in which they
 * will get there. Those that are in the repository already, from this pull or from elsewhere, are
 * left out. Who has it open has the directory for itself.
 */
final class Beside implements Closeable {
  private static final String DIRECTORY = "hgwire";
  private static final String FILE = "changesets";

  private final ExclusiveFile file;
  private final WaitingChangesets changesets;

  /** The positions of those that are in the repository. */
  private final BitSet stored = new BitSet();

  private int storedCount;

  /** The parents of the others that are not here, but in the repository. */
  private final Set<Node> outsideParents = new TreeSet<>();

  private Beside(ExclusiveFile file) throws IOException {
    this.file = file;
    this.changesets = new WaitingChangesets(file.path(), file.channel());
  }

  /**
   * Opens the changesets beside a repository.
   *
   * @param hg the directory {@code .hg}
   * @throws org.hgwire.store.StoreException of kind LOCKED if another pull has them open
   */
  static Beside open(Path hg) throws IOException {
    Path directory = hg.resolve(DIRECTORY);
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      // It is there from a pull before.
    }
    ExclusiveFile file = ExclusiveFile.open(directory, FILE);
    boolean opened = false;
    try {
      Beside beside = new Beside(file);
      opened = true;
      return beside;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  /** Looks which changesets the repository has now, and drops those that lost their parents. */
  void look(StoredRevisions repository) throws IOException {
    stored.clear();
    storedCount = 0;
    outsideParents.clear();
    for (int position = 0; position < changesets.count(); position++) {
      if (repository.find(changesets.node(position)) != Revlog.NONE) {
        setStored(position);
        continue;
      }
      for (Node parent : changesets.parents(position).present()) {
        int known = changesets.find(parent);
        if (known < 0 && repository.find(parent) == Revlog.NONE) {
          changesets.truncate(position);
          return;
        }
        if (known < 0) {
          outsideParents.add(parent);
        }
      }
    }
    clearIfStored();
  }

  private void setStored(int position) {
    stored.set(position);
    storedCount++;
  }

  private void clearIfStored() throws IOException {
    if (storedCount == changesets.count() && changesets.count() > 0) {
      clear();
    }
  }

  /** Notes that the first {@code count} are in the repository now. */
  void completed(int count) throws IOException {
    int position = 0;
    for (int i = 0; i < count; i++) {
      position = stored.nextClearBit(position);
      setStored(position);
    }
    clearIfStored();
  }

  /** Returns the position of a changeset that is not in the repository, or -1. */
  int find(Node node) {
    int position = changesets.find(node);
    return position < 0 || stored.get(position) ? -1 : position;
  }

  Node node(int position) {
    return changesets.node(position);
  }

  Parents parents(int position) throws IOException {
    return changesets.parents(position);
  }

  RevisionText text(int position) {
    return changesets.text(position);
  }

  /** Returns the first position from {@code from} on, or -1 if there is none. */
  int next(int from) {
    int position = stored.nextClearBit(from);
    return position < changesets.count() ? position : -1;
  }

  /** Returns how many are before a position: with the count of those stored, its future number. */
  int rank(int position) {
    int storedBefore =
        stored.length() <= position ? storedCount : stored.get(0, position).cardinality();
    return position - storedBefore;
  }

  /** Returns how many there are before the first one that is not among {@code nodes}. */
  int countFirst(List<Node> nodes) {
    NodeList among = new NodeList();
    for (Node node : nodes) {
      if (among.find(node) < 0) {
        among.add(node);
      }
    }
    int count = 0;
    for (int p = next(0); p >= 0 && among.find(node(p)) >= 0; p = next(p + 1)) {
      count++;
    }
    return count;
  }

  /** Returns how many there are. */
  int count() {
    return changesets.count() - storedCount;
  }

  void add(Node node, Parents parents, RevisionText text) throws IOException {
    changesets.add(node, parents, text);
    for (Node parent : parents.present()) {
      if (changesets.find(parent) < 0) {
        outsideParents.add(parent);
      }
    }
  }

  /** Removes all. */
  void clear() throws IOException {
    changesets.truncate(0);
    stored.clear();
    storedCount = 0;
    outsideParents.clear();
  }

  /** Returns those that have no child here. */
  List<Node> heads() {
    List<Node> heads = new ArrayList<>();
    for (Node head : changesets.heads()) {
      if (find(head) >= 0) {
        heads.add(head);
      }
    }
    return heads;
  }

  /** Returns whether a changeset that is a head of the repository has a child here. */
  boolean hasChild(Node head) {
    int position = changesets.find(head);
    return position < 0 ? outsideParents.contains(head) : changesets.hasChild(position);
  }

  /** Writes everything to the file. */
  void write() throws IOException {
    changesets.write();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      changesets.close();
    }
  }
}
