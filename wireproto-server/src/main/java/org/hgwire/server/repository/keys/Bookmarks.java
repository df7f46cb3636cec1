// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.keys;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Work;

/**
 * The bookmarks that are listed: those of changesets that may be served, without divergent copies,
 * which are local to the repository.
 */
public final class Bookmarks {
  private Bookmarks() {}

  /**
   * Finds the number of the changeset of each bookmark, by name.
   *
   * @throws IOException if the repository cannot be read
   */
  public static Work<NavigableMap<ByteString, Integer>> byName(
      RepositorySnapshot snapshot, ChangesetGraph graph) throws IOException {
    NavigableMap<ByteString, Integer> found = new TreeMap<>();
    return Work.each(
        snapshot.bookmarks().entrySet().iterator(),
        bookmark -> {
          int revision = graph.find(bookmark.getValue());
          if (revision != ChangesetIndex.NONE && !isDivergent(bookmark.getKey())) {
            found.put(bookmark.getKey(), revision);
          }
        },
        found);
  }

  /** Returns whether a name has an {@code @}, and another last byte. */
  private static boolean isDivergent(ByteString name) {
    return name.indexOf((byte) '@', 0) >= 0 && name.at(name.length() - 1) != '@';
  }

  /**
   * Finds the names of the bookmarks of each changeset that has any.
   *
   * @throws IOException if the repository cannot be read
   */
  public static Work<NavigableMap<Integer, List<ByteString>>> byChangeset(
      RepositorySnapshot snapshot, ChangesetGraph graph) throws IOException {
    NavigableMap<Integer, List<ByteString>> found = new TreeMap<>();
    return byName(snapshot, graph)
        .then(
            names ->
                Work.each(
                    names.entrySet().iterator(),
                    bookmark ->
                        found
                            .computeIfAbsent(bookmark.getValue(), unused -> new ArrayList<>())
                            .add(bookmark.getKey()),
                    found));
  }
}
