// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** The revisions of one file, or of the manifests. Written while the repository is locked. */
final class MemoryStore {
  private final Map<Node, MemoryRevision> revisions = new ConcurrentHashMap<>();

  @Nullable MemoryRevision get(Node node) {
    return revisions.get(node);
  }

  /** Adds a revision that {@code changeset} introduces; if it is present, adds the link. */
  void add(Node node, Node parent1, Node parent2, RevisionContent text, int changeset) {
    MemoryRevision present = revisions.get(node);
    if (present == null) {
      revisions.put(node, new MemoryRevision(node, parent1, parent2, text, changeset));
    } else {
      present.addLink(changeset);
    }
  }

  /** Returns whether a revision is an ancestor of another. */
  boolean isAncestor(Node ancestor, Node descendant) {
    Deque<Node> remaining = new ArrayDeque<>();
    Set<Node> seen = new HashSet<>();
    remaining.add(descendant);
    while (!remaining.isEmpty()) {
      MemoryRevision revision = revisions.get(remaining.remove());
      if (revision != null) {
        for (Node parent : new Node[] {revision.parent1(), revision.parent2()}) {
          if (parent.equals(ancestor)) {
            return true;
          }
          if (!parent.isNull() && seen.add(parent)) {
            remaining.add(parent);
          }
        }
      }
    }
    return false;
  }

  /** Returns the revisions that the first {@code count} changesets introduced. */
  RevisionStore upTo(int count) {
    return node -> {
      MemoryRevision revision = revisions.get(node);
      return revision == null || firstLink(revision) >= count ? null : new Linked(revision, count);
    };
  }

  private static int firstLink(MemoryRevision revision) {
    return revision.links().findFirst().orElseThrow();
  }

  /** A revision as a snapshot sees it: without the links of later changesets. */
  private record Linked(MemoryRevision revision, int count) implements StoredRevision {
    @Override
    public Node node() {
      return revision.node();
    }

    @Override
    public Node parent1() {
      return revision.parent1();
    }

    @Override
    public Node parent2() {
      return revision.parent2();
    }

    @Override
    public IntStream links() {
      return revision.links().takeWhile(link -> link < count);
    }

    @Override
    public long size() {
      return revision.size();
    }

    @Override
    public InputStream open() throws IOException {
      return revision.open();
    }
  }
}
