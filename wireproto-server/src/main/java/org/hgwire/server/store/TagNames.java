// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.NodeNames;

/**
 * The tags of several heads, put together. In each {@code .hgtags} the last entry of a name counts,
 * and the others are what it replaced. Where heads differ, the entry of the newest counts; unless
 * that of another replaced it, and was either not replaced by it or replaced more. The null node
 * removes a tag.
 */
final class TagNames {
  private final Map<ByteString, Entry> entries = new LinkedHashMap<>();

  /** Adds the text of the {@code .hgtags} of a head; that of the newest head is added last. */
  void add(ByteString text) {
    Map<ByteString, Entry> added = new HashMap<>();
    NodeNames.forEach(
        text, (name, node) -> added.computeIfAbsent(name, unused -> new Entry()).append(node));
    added.forEach(
        (name, newer) -> entries.merge(name, newer, (older, unused) -> newer.mergedWith(older)));
  }

  /** Returns the number of names, those of removed tags among them. */
  int count() {
    return entries.size();
  }

  /** Returns the changeset of each tag. */
  Map<ByteString, Node> tags() {
    Map<ByteString, Node> tags = new HashMap<>();
    entries.forEach(
        (name, entry) -> {
          if (!entry.node.isNull()) {
            tags.put(name, entry.node);
          }
        });
    return tags;
  }

  /** A tag of a head, or of several. */
  private static final class Entry {
    private Node node = Node.NULL;

    /** What the tag was at before, oldest first; an entry counts as often as it was made. */
    private final List<Node> replaced = new ArrayList<>();

    private final Set<Node> distinct = new HashSet<>();
    private boolean any;

    void append(Node next) {
      if (any) {
        replace(node);
      }
      any = true;
      node = next;
    }

    private void replace(Node before) {
      replaced.add(before);
      distinct.add(before);
    }

    /** Takes over what an older head has that this one has not. */
    Entry mergedWith(Entry older) {
      boolean olderCounts =
          !older.node.equals(node)
              && older.distinct.contains(node)
              && (!distinct.contains(older.node) || older.replaced.size() > replaced.size());
      Set<Node> ours = new HashSet<>(distinct);
      for (Node before : older.replaced) {
        if (!ours.contains(before)) {
          replace(before);
        }
      }
      node = olderCounts ? older.node : node;
      return this;
    }
  }
}
