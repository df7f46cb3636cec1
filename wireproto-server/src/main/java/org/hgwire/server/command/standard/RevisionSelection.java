// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Work;
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
  private final @Nullable RevisionStore store;
  private final String what;
  private final Introductions introductions;
  private final List<ServedRevision> found = new ArrayList<>();

  /** Those of which no link that may be served is recorded. */
  private final Map<Node, StoredRevision> unlinked = new TreeMap<>();

  /**
   * Makes a selection.
   *
   * @param what what the revisions are, for error messages
   * @param introductions searched for a changeset if the store records only the first
   */
  RevisionSelection(
      RequestView view, @Nullable RevisionStore store, String what, Introductions introductions) {
    this.view = view;
    this.store = store;
    this.what = what;
    this.introductions = introductions;
  }

  /** Finds the revisions of {@code nodes}, each once, parents before children. */
  Work<List<ServedRevision>> select(List<Node> nodes) {
    return Work.inTurn(ComparableKeys.setOf(nodes).iterator(), this::look, found)
        .then(unused -> searchLinks())
        .map(ServedRevision::sort);
  }

  private Work<?> look(Node node) throws IOException {
    StoredRevision revision = store == null ? null : store.find(node);
    if (revision == null) {
      throw unknown(node);
    }
    PrimitiveIterator.OfInt links = revision.links().iterator();
    return steps -> {
      while (links.hasNext()) {
        if (!steps.take()) {
          return null;
        }
        int link = links.nextInt();
        if (view.graph().isVisible(link)) {
          found.add(ServedRevision.of(revision, link));
          return found;
        }
      }
      withoutLink(revision);
      return found;
    };
  }

  private void withoutLink(StoredRevision revision) {
    if (store != null && store.recordsEveryLink()) {
      throw unknown(revision.node());
    }
    unlinked.put(revision.node(), revision);
  }

  /** Searches the changesets that are newer than the oldest of the known links, once. */
  private Work<List<ServedRevision>> searchLinks() {
    if (unlinked.isEmpty()) {
      return Work.done(found);
    }
    BitSet searched = view.graph().visible();
    searched.clear(0, firstLink());
    return Work.inTurn(searched.stream().iterator(), this::searchChangeset, found)
        .map(
            complete -> {
              if (!unlinked.isEmpty()) {
                throw unknown(unlinked.keySet().iterator().next());
              }
              return complete;
            });
  }

  private int firstLink() {
    return unlinked.values().stream().mapToInt(StoredRevision::firstLink).min().orElse(0);
  }

  private Work<?> searchChangeset(int changeset) throws IOException {
    if (unlinked.isEmpty()) {
      return Work.done(found);
    }
    return Work.each(
        introductions.of(changeset).iterator(),
        node -> {
          StoredRevision revision = unlinked.remove(node);
          if (revision != null) {
            found.add(ServedRevision.of(revision, changeset));
          }
        },
        found);
  }

  private CommandException unknown(Node node) {
    return new CommandException("the " + what + " has no revision " + node);
  }
}
