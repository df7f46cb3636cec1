// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of one store that a request names, each with a changeset that introduced it and may
 * be served. A revision that only other changesets introduced is unknown.
 */
final class RevisionSelection {
  /** Lists the nodes that a changeset has in the store. */
  interface Introductions {
    List<Node> of(int changeset) throws IOException;
  }

  private final RequestView view;
  private final String what;
  private final Introductions introductions;

  /**
   * @param what what the revisions are, for error messages
   * @param introductions searched for a changeset if the store records only the first
   */
  RevisionSelection(RequestView view, String what, Introductions introductions) {
    this.view = view;
    this.what = what;
    this.introductions = introductions;
  }

  /** Returns the revisions of {@code nodes}, each once, parents before children. */
  List<ServedRevision> select(@Nullable RevisionStore store, List<Node> nodes) throws IOException {
    List<ServedRevision> found = new ArrayList<>(nodes.size());
    Map<Node, StoredRevision> unlinked = new HashMap<>();
    Set<Node> distinct = new LinkedHashSet<>(nodes);
    for (Node node : distinct) {
      StoredRevision revision = store == null ? null : store.find(node);
      if (store == null || revision == null) {
        throw unknown(node);
      }
      int link = visibleLink(revision);
      if (link != ChangesetIndex.NONE) {
        found.add(new ServedRevision(revision, link));
      } else if (store.recordsEveryLink()) {
        throw unknown(node);
      } else {
        unlinked.put(node, revision);
      }
    }
    searchLinks(unlinked, found);
    found.sort(Comparator.comparingInt(ServedRevision::order));
    return found;
  }

  private int visibleLink(StoredRevision revision) {
    return revision.links().filter(view.graph()::isVisible).findFirst().orElse(ChangesetIndex.NONE);
  }

  /** Searches the changesets that are newer than the oldest of the known links, once. */
  private void searchLinks(Map<Node, StoredRevision> wanted, List<ServedRevision> found)
      throws IOException {
    if (wanted.isEmpty()) {
      return;
    }
    int first =
        wanted.values().stream()
            .mapToInt(revision -> revision.links().findFirst().orElse(0))
            .min()
            .orElse(0);
    BitSet visible = view.graph().visible();
    for (int r = visible.nextSetBit(first);
        r >= 0 && !wanted.isEmpty();
        r = visible.nextSetBit(r + 1)) {
      for (Node node : introductions.of(r)) {
        StoredRevision revision = wanted.remove(node);
        if (revision != null) {
          found.add(new ServedRevision(revision, r));
        }
      }
    }
    if (!wanted.isEmpty()) {
      throw unknown(wanted.keySet().iterator().next());
    }
  }

  private CommandException unknown(Node node) {
    return new CommandException("the " + what + " has no revision " + node);
  }
}
