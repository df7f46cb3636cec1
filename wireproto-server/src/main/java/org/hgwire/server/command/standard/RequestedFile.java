// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of one file that a response has: those that some changesets introduced first, which
 * the store lists, and others by node, each with the first of the requested changesets that has it.
 */
final class RequestedFile {
  private int listed;
  private @Nullable BitSet introduced;
  private Map<Node, Integer> others = Map.of();

  /** Adds all that {@code changesets} introduced first, of which there are {@code count}. */
  void addIntroduced(BitSet changesets, int count) {
    introduced = changesets;
    listed = count;
  }

  /** Adds a revision; returns whether it was not added before. */
  boolean add(Node node, int changeset) {
    if (others.isEmpty()) {
      others = new LinkedHashMap<>(4);
    }
    return others.putIfAbsent(node, changeset) == null;
  }

  int count() {
    return listed + others.size();
  }

  /** Finds the revisions in their store. */
  Work<ServedRevisions> find(ByteString path, @Nullable RevisionStore store, ChangesetIndex index)
      throws IOException {
    BitSet changesets = introduced;
    RevisionCursor cursor =
        store == null || changesets == null ? null : store.introducedBy(changesets);
    if (cursor != null && others.isEmpty()) {
      return Work.done(ServedRevisions.of(cursor));
    }
    List<ServedRevision> found = new ArrayList<>(count());
    return Work.each(
            others.entrySet().iterator(),
            node -> {
              StoredRevision revision = store == null ? null : store.find(node.getKey());
              if (revision == null) {
                throw missing(path, node, index, store);
              }
              found.add(ServedRevision.of(revision, node.getValue()));
            },
            found)
        .then(unused -> list(cursor, found))
        .map(all -> ServedRevisions.of(ServedRevision.sort(all)));
  }

  private static IOException missing(
      ByteString path,
      Map.Entry<Node, Integer> named,
      ChangesetIndex index,
      @Nullable RevisionStore store) {
    String place = store == null ? null : store.place();
    return new IOException(
        "the repository is damaged: the revision "
            + named.getKey()
            + " of "
            + path
            + " of changeset "
            + index.node(named.getValue())
            + " is missing"
            + (place == null ? "" : " in " + place));
  }

  private static Work<List<ServedRevision>> list(
      @Nullable RevisionCursor cursor, List<ServedRevision> found) {
    return steps -> {
      while (cursor != null && steps.take()) {
        StoredRevision revision = cursor.next();
        if (revision == null) {
          return found;
        }
        found.add(ServedRevision.of(revision));
      }
      return cursor == null ? found : null;
    };
  }
}
