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
     * @param manifest the number of the first manifest that names it
     */
    void named(RevisionKey file, int manifest) throws IOException;
  }

  /** Adds a file revision, or notes that one more manifest names it. */
  void add(ByteString path, Node node, int manifest) {
    Integer known = numbers.get(path);
    int number = known == null ? paths.size() : known;
    if (known == null) {
      numbers.put(path, number);
      paths.add(path);
    }
    Node mixed = mixed(node, number);
    int position = revisions.find(mixed);
    if (position >= 0) {
      manifestOf[position] = Math.min(manifestOf[position], manifest);
      return;
    }
    position = revisions.count();
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

  /** Returns the number of the first manifest that names {@code file}; -1 if it is not left. */
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

  /** Visits those that are left, in the order of the first manifests that name them. */
  void visit(Visitor visitor) throws IOException {
    for (int position : ordered()) {
      int path = pathOf[position];
      Node node = mixed(revisions.get(position), path);
      visitor.named(RevisionKey.file(paths.get(path), node), manifestOf[position]);
    }
  }

  /** Returns the positions of those that are left, sorted by counting. */
  private int[] ordered() {
    int last = -1;
    for (int i = removed.nextClearBit(0); i < revisions.count(); i = removed.nextClearBit(i + 1)) {
      last = Math.max(last, manifestOf[i]);
    }
    int[] next = new int[last + 2];
    for (int i = removed.nextClearBit(0); i < revisions.count(); i = removed.nextClearBit(i + 1)) {
      next[manifestOf[i] + 1]++;
    }
    for (int manifest = 0; manifest <= last; manifest++) {
      next[manifest + 1] += next[manifest];
    }
    int[] ordered = new int[left];
    for (int i = removed.nextClearBit(0); i < revisions.count(); i = removed.nextClearBit(i + 1)) {
      ordered[next[manifestOf[i]]++] = i;
    }
    return ordered;
  }
}
