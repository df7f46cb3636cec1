// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.NodeNames;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogAppender;

/**
 * The bookmarks after a pull, as {@code hg pull} has them: those of the server that are not here
 * are added, and those that are here move if that is forward, or if they are wanted by name. Others
 * stay where they are, and none is removed.
 */
final class BookmarkUpdate {
  private final RevlogAppender changelog;

  BookmarkUpdate(RevlogAppender changelog) {
    this.changelog = changelog;
  }

  /** Returns the bookmarks after the pull. */
  Map<ByteString, Node> apply(Map<ByteString, Node> local, RepositoryState remote) {
    Map<ByteString, Node> after = new HashMap<>(local);
    remote
        .bookmarks()
        .forEach(
            (name, node) -> {
              int target = changelog.find(node);
              if (target != Revlog.NONE && isName(name)) {
                Node before = local.get(name);
                int from = before == null ? Revlog.NONE : changelog.find(before);
                if (from == Revlog.NONE
                    || remote.wantedBookmarks().contains(name)
                    || isAncestor(from, target)) {
                  after.put(name, node);
                }
              }
            });
    return after;
  }

  /** A line of the file is a node and a name; divergent bookmarks are local. */
  private static boolean isName(ByteString name) {
    for (int i = 0; i < name.length(); i++) {
      int c = name.at(i);
      if ((c >= 0 && c < ' ') || c == 0x7f) {
        return false;
      }
    }
    return !name.isEmpty() && !NodeNames.isDivergent(name);
  }

  private boolean isAncestor(int ancestor, int revision) {
    BitSet seen = new BitSet();
    seen.set(revision);
    for (int at = revision; at > ancestor; at = seen.previousSetBit(at - 1)) {
      for (int parent : new int[] {changelog.parent1(at), changelog.parent2(at)}) {
        if (parent >= ancestor) {
          seen.set(parent);
        }
      }
    }
    return seen.get(ancestor);
  }
}
