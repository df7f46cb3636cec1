// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of a store as a snapshot sees them.
 *
 * @param store the store, which may have newer ones
 * @param count the number of changesets of the snapshot
 */
record MemoryRevisions(MemoryStore store, int count) implements RevisionStore {
  @Override
  public @Nullable StoredRevision find(Node node) {
    MemoryRevision revision = store.get(node);
    return revision == null || revision.firstLink() >= count ? null : new Linked(revision, count);
  }

  /** Links ascend in the order of the store, so those of newer changesets are at its end. */
  @Override
  public RevisionCursor introducedBy(BitSet changesets) {
    List<MemoryRevision> all = store.inOrder();
    int first = changesets.nextSetBit(0);
    int start = first < 0 ? all.size() : indexOf(first, all);
    int end = indexOf(Math.min(count, changesets.length()), all);
    Iterator<MemoryRevision> left =
        all.subList(start, Math.max(start, end)).stream()
            .filter(revision -> changesets.get(revision.firstLink()))
            .iterator();
    return () -> left.hasNext() ? new Linked(left.next(), count) : null;
  }

  /** Returns the index of the first revision with this link or a greater one. */
  private static int indexOf(int link, List<MemoryRevision> revisions) {
    int low = 0;
    int high = revisions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (revisions.get(middle).firstLink() < link) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
    public int firstLink() {
      return revision.firstLink();
    }

    @Override
    public long size() {
      return revision.size();
    }

    @Override
    public InputStream open() throws IOException {
      return revision.open();
    }

    @Override
    public @Nullable StoredDelta delta() {
      return revision.delta();
    }
  }
}
