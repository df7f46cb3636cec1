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

/** The bookmarks that may be served: those of changesets that may be served. */
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
          if (revision != ChangesetIndex.NONE) {
            found.put(bookmark.getKey(), revision);
          }
        },
        found);
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
