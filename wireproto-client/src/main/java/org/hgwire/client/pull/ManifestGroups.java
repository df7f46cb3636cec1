// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.client.waiting.SecretHash;
import org.hgwire.core.command.Node;

/**
 * Changesets in groups that add the same files, because they have the same {@link ManifestPair}.
 * About 80 bytes a changeset.
 */
final class ManifestGroups {
  private final NodeList changesets = new NodeList();
  private final NodeList pairs = new NodeList();
  private final SecretHash secret = new SecretHash();
  private int[] groups = new int[64];

  /**
   * Adds a changeset, and says whether it begins a group.
   *
   * @return the group that it begins, or -1 if it joins another one
   */
  int add(Node changeset, ManifestPair pair) {
    ByteBuffer nodes = ByteBuffer.allocate((1 + pair.earlier().size()) * Node.BYTES);
    pair.own().write(nodes);
    pair.earlier().forEach(node -> node.write(nodes));
    Node hash = secret.of(nodes.flip());
    int group = pairs.find(hash);
    boolean begins = group < 0;
    if (begins) {
      group = pairs.count();
      pairs.add(hash);
    }
    if (changesets.count() == groups.length) {
      groups = Arrays.copyOf(groups, groups.length + groups.length / 2);
    }
    groups[changesets.count()] = group;
    changesets.add(changeset);
    return begins ? group : -1;
  }

  /** Returns the group of a changeset, or -1. */
  int of(Node changeset) {
    int position = changesets.find(changeset);
    return position < 0 ? -1 : groups[position];
  }

  /** Returns the changesets of groups. */
  List<Node> changesets(BitSet wanted) {
    List<Node> found = new ArrayList<>();
    for (int position = 0; position < changesets.count(); position++) {
      if (wanted.get(groups[position])) {
        found.add(changesets.get(position));
      }
    }
    return found;
  }
}
