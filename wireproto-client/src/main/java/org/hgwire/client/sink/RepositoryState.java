// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * What a server said of its repository that may change without a new changeset: heads, bookmarks
 * and phases, all at one moment, all there is. A bookmark that is not in it was deleted.
 *
 * <p>The phase of an ancestor of a head, or of a head itself: public if the server publishes, else
 * draft if it is a draft root or descends from one, else public. Nothing is said of changesets that
 * the server does not show.
 *
 * @param heads the heads of what the server shows
 * @param bookmarks the changeset of each bookmark
 * @param publishing whether all that the server shows is public
 * @param draftRoots the draft changesets without a draft parent
 */
public record RepositoryState(
    Set<Node> heads, Map<ByteString, Node> bookmarks, boolean publishing, Set<Node> draftRoots) {
  /** Copies the collections. */
  public RepositoryState {
    heads = Set.copyOf(heads);
    bookmarks = Map.copyOf(bookmarks);
    draftRoots = Set.copyOf(draftRoots);
  }

  /** Returns every node in it. */
  public Set<Node> nodes() {
    Set<Node> nodes = new HashSet<>(heads);
    nodes.addAll(bookmarks.values());
    nodes.addAll(draftRoots);
    return nodes;
  }

  /** Returns the part of it that is not about {@code absent}. */
  public RepositoryState without(Set<Node> absent) {
    if (absent.isEmpty()) {
      return this;
    }
    Set<Node> otherHeads = new HashSet<>(heads);
    otherHeads.removeAll(absent);
    Map<ByteString, Node> otherBookmarks = new HashMap<>(bookmarks);
    otherBookmarks.values().removeIf(absent::contains);
    Set<Node> otherRoots = new HashSet<>(draftRoots);
    otherRoots.removeAll(absent);
    return new RepositoryState(otherHeads, otherBookmarks, publishing, otherRoots);
  }

  /** Returns the heads in the order of their nodes. */
  List<Node> sortedHeads() {
    return heads.stream().sorted().toList();
  }

  /** Returns the draft roots in the order of their nodes. */
  List<Node> sortedDraftRoots() {
    return draftRoots.stream().sorted().toList();
  }
}
