// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.NodeNames;

/**
 * The tags of several heads, put together. In each {@code .hgtags} the last entry of a name counts,
 * and the others are what it replaced. Where heads differ, an entry that replaced the other's
 * counts, else that of the newest head. The null node removes a tag.
 */
final class TagNames {
  /**
   * A tag of a head.
   *
   * @param node its changeset
   * @param replaced those that it had before
   */
  private record Entry(Node node, Set<Node> replaced) {
    /** Returns whether this entry counts, although the other one is of a newer head. */
    boolean outlives(Entry newer) {
      return !node.equals(newer.node)
          && replaced.contains(newer.node)
          && (!newer.replaced.contains(node) || replaced.size() > newer.replaced.size());
    }
  }

  private final Map<ByteString, Entry> entries = new LinkedHashMap<>();

  /** Adds the text of the {@code .hgtags} of a head; that of the newest head is added last. */
  void add(ByteString text) {
    Map<ByteString, Entry> added = new HashMap<>();
    NodeNames.forEach(
        text,
        (name, node) -> {
          Entry before = added.get(name);
          Set<Node> replaced = before == null ? new LinkedHashSet<>() : before.replaced;
          if (before != null) {
            replaced.add(before.node);
          }
          added.put(name, new Entry(node, replaced));
        });
    added.forEach(
        (name, newer) ->
            entries.merge(
                name,
                newer,
                (older, unused) -> {
                  Set<Node> replaced = new LinkedHashSet<>(newer.replaced);
                  replaced.addAll(older.replaced);
                  return new Entry(older.outlives(newer) ? older.node : newer.node, replaced);
                }));
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
}
