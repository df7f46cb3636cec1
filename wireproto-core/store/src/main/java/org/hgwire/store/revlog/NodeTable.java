// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hgwire.core.command.Node;

/**
 * Finds the revisions of nodes: a hash table with open addressing, 8 to 16 bytes a revision.
 *
 * <p>Nodes need not be hashes; who writes a repository can choose them. So the places of nodes
 * depend on numbers that are drawn at random once a process, and a node that occurs again is left
 * out: neither makes long runs. That of a reader is immutable; that of an appender, which one
 * thread uses, grows with its index.
 */
final class NodeTable {
  private static final long[] FACTORS =
      new SecureRandom().longs(4).map(factor -> factor | 1).toArray();

  /** 2^64 divided by the golden ratio: spreads all bits to the upper ones. */
  private static final long GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15L;

  private static final int FREE = -1;

  private final RevisionIndex index;
  private int[] places;
  private int shift;
  private int count;

  private NodeTable(RevisionIndex index, int[] places) {
    this.index = index;
    use(places);
  }

  private void use(int[] places) {
    this.places = places;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(places.length);
  }

  /** Returns the table of all revisions of an index. */
  static NodeTable of(RevisionIndex index) {
    return new NodeTable(index, free(index.count())).insert(0);
  }

  private static int[] free(int count) {
    int[] places = new int[Integer.highestOneBit(Math.max(4, count)) << 2];
    Arrays.fill(places, FREE);
    return places;
  }

  /** Returns the table of an index that begins as this one's does. */
  NodeTable extended(RevisionIndex longer) {
    if (longer.count() > places.length / 2) {
      return of(longer);
    }
    return new NodeTable(longer, places.clone()).insert(count);
  }

  /** Adds the revisions that the index has grown by. */
  void grow() {
    int first = count;
    if (index.count() > places.length / 2) {
      use(free(index.count()));
      first = 0;
    }
    insert(first);
  }

  /** Returns the number of revisions that are in the table. */
  int count() {
    return count;
  }

  /** Returns the first revision with that node, or NONE. */
  int find(Node node) {
    int place = place(node);
    while (places[place] != FREE) {
      if (index.hasNode(places[place], node)) {
        return places[place];
      }
      place = place + 1 & places.length - 1;
    }
    return Revlog.NONE;
  }

  private NodeTable insert(int first) {
    for (int revision = first; revision < index.count(); revision++) {
      Node node = index.node(revision);
      int place = place(node);
      while (places[place] != FREE && !index.hasNode(places[place], node)) {
        place = place + 1 & places.length - 1;
      }
      if (places[place] == FREE) {
        places[place] = revision;
      }
    }
    count = index.count();
    return this;
  }

  private int place(Node node) {
    long mixed = node.high() * FACTORS[0] + node.middle() * FACTORS[1] + node.low() * FACTORS[2];
    mixed = (mixed ^ (mixed >>> 29)) * FACTORS[3];
    mixed = (mixed ^ (mixed >>> 32)) * GOLDEN_RATIO;
    return (int) (mixed >>> shift);
  }
}
