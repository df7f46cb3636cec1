// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.Comparator;
import java.util.List;
import org.hgwire.core.command.Node;

/**
 * The manifest of a changeset and those of its parents, which it is compared with: changesets with
 * the same ones add the same files.
 */
record ManifestPair(Node own, List<Node> earlier) implements Comparable<ManifestPair> {
  private static final Comparator<ManifestPair> ORDER =
      Comparator.comparing(ManifestPair::own)
          .thenComparing(pair -> pair.at(0))
          .thenComparing(pair -> pair.at(1));

  ManifestPair {
    earlier = List.copyOf(earlier);
  }

  private Node at(int index) {
    return index < earlier.size() ? earlier.get(index) : Node.NULL;
  }

  /** Orders them in any way, so that a map of them is fast whatever their hash codes are. */
  @Override
  public int compareTo(ManifestPair other) {
    return ORDER.compare(this, other);
  }

  /** Returns whether nothing can have been added. */
  boolean isUnchanged() {
    return own.isNull() || earlier.contains(own);
  }
}
