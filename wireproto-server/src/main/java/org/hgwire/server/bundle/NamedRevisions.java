// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hgwire.core.command.Node;

/**
 * The revisions of one file that the manifests of a bundle name, each with the changeset whose
 * manifest does. 12 bytes each: of a node, the first 64 bits are kept.
 */
final class NamedRevisions {
  private final int firstChangeset;
  private long[] nodes = {};
  private int[] changesets = {};
  private int count;

  /**
   * Makes an empty collection.
   *
   * @param firstChangeset the first outgoing changeset that lists the file
   */
  NamedRevisions(int firstChangeset) {
    this.firstChangeset = firstChangeset;
  }

  /** Returns the first outgoing changeset that lists the file. */
  int firstChangeset() {
    return firstChangeset;
  }

  /** Adds a revision, and returns how many were added. */
  int add(Node node, int changeset) {
    if (count == nodes.length) {
      nodes = Arrays.copyOf(nodes, Math.max(2, 2 * count));
      changesets = Arrays.copyOf(changesets, nodes.length);
    }
    nodes[count] = node.high();
    changesets[count] = changeset;
    count++;
    return count;
  }

  /** Returns the changesets by the first 64 bits of the nodes. */
  Map<Long, Integer> byNode() {
    Map<Long, Integer> all = new HashMap<>();
    for (int i = 0; i < count; i++) {
      all.putIfAbsent(nodes[i], changesets[i]);
    }
    return all;
  }
}
