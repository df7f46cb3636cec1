// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The missing revisions of a store that cannot list them itself: those that outgoing changesets
 * refer to, in the order of their first links.
 */
final class ListedRevisions implements MissingRevisions {
  private final RevisionStore store;
  private final Outgoing outgoing;
  private final Iterator<Map.Entry<Node, SearchedLink>> left;
  private final Set<Node> returned = new HashSet<>();
  private int link = ChangesetIndex.NONE;

  private ListedRevisions(
      RevisionStore store, Outgoing outgoing, Iterator<Map.Entry<Node, SearchedLink>> left) {
    this.store = store;
    this.outgoing = outgoing;
    this.left = left;
  }

  /** Makes the list of the revisions in {@code links}. */
  static ListedRevisions of(RevisionStore store, Outgoing outgoing, Map<Node, SearchedLink> links) {
    List<Map.Entry<Node, SearchedLink>> all = new ArrayList<>(links.entrySet());
    all.sort(Comparator.comparingInt(entry -> entry.getValue().first()));
    return new ListedRevisions(store, outgoing, all.iterator());
  }

  @Override
  public @Nullable StoredRevision next() throws IOException {
    if (!left.hasNext()) {
      return null;
    }
    Map.Entry<Node, SearchedLink> next = left.next();
    link = next.getValue().sent();
    returned.add(next.getKey());
    return store.find(next.getKey());
  }

  @Override
  public int link() {
    return link;
  }

  @Override
  public boolean has(Node node) throws IOException {
    if (returned.contains(node)) {
      return true;
    }
    StoredRevision revision = store.find(node);
    return revision != null && outgoing.common().get(revision.firstLink());
  }

  @Override
  public @Nullable StoredRevision find(Node node) throws IOException {
    return store.find(node);
  }
}
