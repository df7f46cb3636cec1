// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * The file revisions that manifests name and that have not come yet: 36 to 48 bytes each, and every
 * path once.
 */
final class NamedFiles {
  /** Who makes the nodes cannot know which of them these make equal. */
  private static final long[] FACTORS =
      new SecureRandom().longs(3).map(factor -> factor | 1).toArray();

  private final Map<ByteString, Integer> numbers = new HashMap<>();
  private final List<ByteString> paths = new ArrayList<>();

  /** Each mixed with the number of its path. */
  private final NodeList revisions = new NodeList();

  private int[] pathOf = new int[64];
  private int[] manifestOf = new int[64];
  private final BitSet removed = new BitSet();
  private int left;

  /** Sees file revisions. */
  interface Visitor {
    /**
     * Sees a file revision.
     *
     * @param manifest the number of the manifest that named it first
     */
    void named(RevisionKey file, int manifest) throws IOException;
  }

  /** Adds a file revision, unless it was added before. */
  void add(ByteString path, Node node, int manifest) {
    Integer known = numbers.get(path);
    int number = known == null ? paths.size() : known;
    if (known == null) {
      numbers.put(path, number);
      paths.add(path);
    }
    Node mixed = mixed(node, number);
    if (revisions.find(mixed) >= 0) {
      return;
    }
    int position = revisions.count();
    revisions.add(mixed);
    if (position == pathOf.length) {
      int larger = position + position / 2;
      pathOf = Arrays.copyOf(pathOf, larger);
      manifestOf = Arrays.copyOf(manifestOf, larger);
    }
    pathOf[position] = number;
    manifestOf[position] = manifest;
    left++;
  }

  private static Node mixed(Node node, int path) {
    return new Node(
        node.high() ^ path * FACTORS[0],
        node.middle() ^ path * FACTORS[1],
        node.low() ^ (int) (path * FACTORS[2]));
  }

  /** Returns how many are left: some of them may have been in the sink before. */
  int count() {
    return left;
  }

  /** Returns the number of the manifest that named {@code file} first; -1 if it is not left. */
  int manifestOf(RevisionKey file) {
    int position = find(file);
    return position < 0 ? -1 : manifestOf[position];
  }

  private int find(RevisionKey file) {
    Integer path = numbers.get(file.path());
    int position = path == null ? -1 : revisions.find(mixed(file.node(), path));
    return position < 0 || removed.get(position) ? -1 : position;
  }

  /** Notes that {@code file} has come. */
  void remove(RevisionKey file) {
    int position = find(file);
    if (position >= 0) {
      removed.set(position);
      left--;
    }
  }

  /** Visits those that are left, in the order in which they were named. */
  void visit(Visitor visitor) throws IOException {
    int position = removed.nextClearBit(0);
    while (position < revisions.count()) {
      int path = pathOf[position];
      Node node = mixed(revisions.get(position), path);
      visitor.named(RevisionKey.file(paths.get(path), node), manifestOf[position]);
      position = removed.nextClearBit(position + 1);
    }
  }
}
