// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.command.Node;

/**
 * What may change in a repository without a new changeset: all its heads, bookmarks and phases at
 * one moment, as the server says. A bookmark that is not in it was deleted, unless its changeset
 * was not pulled.
 *
 * <p>The phase of an ancestor of a head, or of a head itself: public if the server publishes, else
 * draft if it is a draft root or descends from one, else public. The phases of changesets that the
 * server does not show are unknown.
 *
 * @param heads the heads of what the server shows; if only some changesets were pulled, these
 * @param bookmarks the changeset of each bookmark
 * @param publishing whether all that the server shows is public
 * @param draftRoots the draft changesets without a draft parent
 * @param wantedBookmarks the names of those bookmarks that were asked for by name: whoever asked
 *     wants them as they are, also where a bookmark of his has moved elsewhere
 */
public record RepositoryState(
    Set<Node> heads,
    Map<ByteString, Node> bookmarks,
    boolean publishing,
    Set<Node> draftRoots,
    Set<ByteString> wantedBookmarks) {
  /** Copies the collections. */
  public RepositoryState {
    heads = ComparableKeys.setOf(heads);
    bookmarks = ComparableKeys.mapOf(bookmarks);
    draftRoots = ComparableKeys.setOf(draftRoots);
    wantedBookmarks = ComparableKeys.setOf(wantedBookmarks);
  }

  /** Makes the state of a repository of which no bookmark was asked for by name. */
  public RepositoryState(
      Set<Node> heads, Map<ByteString, Node> bookmarks, boolean publishing, Set<Node> draftRoots) {
    this(heads, bookmarks, publishing, draftRoots, Set.of());
  }

  /** Returns all nodes in the state. */
  public Set<Node> nodes() {
    Set<Node> nodes = new HashSet<>(heads);
    nodes.addAll(bookmarks.values());
    nodes.addAll(draftRoots);
    return nodes;
  }

  /** Returns the state without what refers to {@code absent}. */
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
    return new RepositoryState(otherHeads, otherBookmarks, publishing, otherRoots, wantedBookmarks);
  }
}
