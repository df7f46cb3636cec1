// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;

/** The bookmarks that may be served: those of changesets that may be served. */
final class Bookmarks {
  private Bookmarks() {}

  /** Returns the number of the changeset of each bookmark, by name. */
  static NavigableMap<ByteString, Integer> byName(RequestView view) throws IOException {
    NavigableMap<ByteString, Integer> found = new TreeMap<>();
    for (Map.Entry<ByteString, Node> bookmark : view.snapshot().bookmarks().entrySet()) {
      int revision = view.graph().find(bookmark.getValue());
      if (revision != ChangesetIndex.NONE) {
        found.put(bookmark.getKey(), revision);
      }
    }
    return found;
  }

  /** Returns the names of the bookmarks of each changeset that has any. */
  static NavigableMap<Integer, List<ByteString>> byChangeset(RequestView view) throws IOException {
    NavigableMap<Integer, List<ByteString>> found = new TreeMap<>();
    byName(view)
        .forEach(
            (name, revision) ->
                found.computeIfAbsent(revision, unused -> new ArrayList<>()).add(name));
    return found;
  }
}
