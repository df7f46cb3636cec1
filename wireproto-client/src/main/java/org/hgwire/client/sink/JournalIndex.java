// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a journal are, and which changesets are heads or incomplete. About 150 bytes
 * per revision.
 */
final class JournalIndex {
  private final Map<RevisionKey, Long> positions = new HashMap<>();
  private final Map<ByteString, ByteString> paths = new HashMap<>();
  private final Set<Node> heads = new HashSet<>();
  private final Set<Node> incomplete = new LinkedHashSet<>();

  private @Nullable Long state;

  /** Notes the entry at {@code position}. */
  void add(JournalEntry entry, ByteString path, long position) {
    RevisionKind kind = entry.kind();
    if (kind != null) {
      ByteString shared = paths.computeIfAbsent(path, same -> same);
      positions.put(new RevisionKey(kind, shared, entry.node()), position);
    }
    if (entry.what() == JournalEntry.CHANGESET) {
      heads.remove(entry.firstParent());
      heads.remove(entry.secondParent());
      heads.add(entry.node());
      incomplete.add(entry.node());
    } else if (entry.what() == JournalEntry.COMPLETED) {
      complete(entry.node());
    } else if (entry.what() == JournalEntry.STATE) {
      state = position;
    }
  }

  /** Notes that a changeset is complete. */
  void complete(Node changeset) {
    incomplete.remove(changeset);
  }

  boolean has(RevisionKey key) {
    return positions.containsKey(key);
  }

  @Nullable Long position(RevisionKey key) {
    return positions.get(key);
  }

  /** Returns the position of the last state, or null if there is none. */
  @Nullable Long statePosition() {
    return state;
  }

  Collection<Node> heads() {
    return ComparableKeys.setOf(heads);
  }

  Iterable<Node> incomplete() {
    return incomplete;
  }
}
