// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredDelta;
import org.jspecify.annotations.Nullable;

/** The revisions of one file, or of the manifests. Written while the repository is locked. */
final class MemoryStore {
  /** Texts of more bytes are kept without a delta. */
  private static final int MAX_TEXT = 4 << 20;

  private static final int MAX_DELTA = 1 << 20;

  private final BinaryOperator<ByteString> differ;
  private final Map<Node, MemoryRevision> revisions = new ConcurrentHashMap<>();

  /** The revisions in the order in which they were added; as many as there are, then nulls. */
  private MemoryRevision[] array = new MemoryRevision[1];

  /** An unmodifiable view of those that there are, replaced when one is added. */
  private volatile List<MemoryRevision> inOrder = List.of();

  /**
   * Makes an empty store.
   *
   * @param differ makes a delta from a base and a text
   */
  MemoryStore(BinaryOperator<ByteString> differ) {
    this.differ = differ;
  }

  @Nullable MemoryRevision get(Node node) {
    return revisions.get(node);
  }

  /** Adds a revision that {@code changeset} introduces; if it is present, adds the link. */
  void add(Node node, Node parent1, Node parent2, RevisionContent text, int changeset) {
    MemoryRevision present = revisions.get(node);
    if (present == null) {
      StoredDelta delta = delta(parent1, text);
      append(
          new MemoryRevision(
              node,
              parent1,
              parent2,
              text,
              delta == null ? delta(parent2, text) : delta,
              changeset));
    } else {
      present.addLink(changeset);
    }
  }

  private void append(MemoryRevision revision) {
    int count = revisions.size();
    if (count == array.length) {
      array = Arrays.copyOf(array, count * 2);
    }
    array[count] = revision;
    inOrder = Collections.unmodifiableList(Arrays.asList(array).subList(0, count + 1));
    revisions.put(revision.node(), revision);
  }

  /** Returns the delta from a parent if it saves a quarter of the text. */
  private @Nullable StoredDelta delta(Node parent, RevisionContent text) {
    MemoryRevision base = revisions.get(parent);
    if (base == null
        || base.size() > MAX_TEXT
        || text.size() > MAX_TEXT
        || !(base.text() instanceof RevisionContent.InMemory before)
        || !(text instanceof RevisionContent.InMemory after)) {
      return null;
    }
    ByteString hunks = differ.apply(before.bytes(), after.bytes());
    return hunks.length() <= MAX_DELTA && hunks.length() * 4L <= text.size() * 3
        ? new StoredDelta(parent, hunks)
        : null;
  }

  /** Returns the revisions in the order in which they were added: parents before children. */
  List<MemoryRevision> inOrder() {
    return inOrder;
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
    return new MemoryRevisions(this, count);
  }
}
