// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.hgwire.core.command.Node;
import org.hgwire.store.revlog.Revlog;

/** The changesets of a repository and those beside it. */
final class AllChangesets {
  private final StoredRevisions stored;
  private final Beside beside;

  AllChangesets(StoredRevisions stored, Beside beside) {
    this.stored = stored;
    this.beside = beside;
  }

  /** Returns those without children. */
  Collection<Node> heads() {
    Set<Node> heads = new LinkedHashSet<>();
    Revlog changelog = stored.changelog();
    if (changelog != null) {
      BitSet numbers = stored.heads();
      for (int r = numbers.nextSetBit(0); r >= 0; r = numbers.nextSetBit(r + 1)) {
        Node head = changelog.node(r);
        if (!beside.hasChild(head)) {
          heads.add(head);
        }
      }
    }
    heads.addAll(beside.heads());
    return heads;
  }

  /** Returns the parents of a changeset, without the null node. */
  List<Node> parents(Node changeset) throws IOException {
    int position = beside.find(changeset);
    if (position >= 0) {
      return beside.parents(position).present();
    }
    Revlog changelog = stored.changelog();
    int revision = stored.find(changeset);
    if (changelog == null || revision == Revlog.NONE) {
      throw new IOException("the repository has no changeset " + changeset);
    }
    List<Node> parents = new ArrayList<>(2);
    for (int parent : new int[] {changelog.parent1(revision), changelog.parent2(revision)}) {
      if (parent != Revlog.NONE) {
        parents.add(changelog.node(parent));
      }
    }
    return parents;
  }

  /** Returns those beside the repository, in their order. */
  Iterable<Node> incomplete() {
    return () ->
        new Iterator<>() {
          private int position = beside.next(0);

          @Override
          public boolean hasNext() {
            return position >= 0;
          }

          @Override
          public Node next() {
            if (position < 0) {
              throw new NoSuchElementException();
            }
            Node node = beside.node(position);
            position = beside.next(position + 1);
            return node;
          }
        };
  }
}
