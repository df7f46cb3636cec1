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
  /** A revision with its first link and the changeset that is sent with it. */
  private record Listed(Node node, int first, int link) {}

  private final RevisionStore store;
  private final Outgoing outgoing;
  private final Iterator<Listed> left;
  private final Set<Node> returned = new HashSet<>();
  private int link = ChangesetIndex.NONE;

  private ListedRevisions(RevisionStore store, Outgoing outgoing, Iterator<Listed> left) {
    this.store = store;
    this.outgoing = outgoing;
    this.left = left;
  }

  /**
   * Makes the list.
   *
   * @param links the revisions with the changesets that are sent with them
   */
  static ListedRevisions of(RevisionStore store, Outgoing outgoing, Map<Node, Integer> links)
      throws IOException {
    List<Listed> all = new ArrayList<>(links.size());
    for (Map.Entry<Node, Integer> entry : links.entrySet()) {
      StoredRevision revision = store.find(entry.getKey());
      if (revision != null) {
        int first = revision.firstLink();
        all.add(new Listed(entry.getKey(), first, entry.getValue()));
      }
    }
    all.sort(Comparator.comparingInt(Listed::first));
    return new ListedRevisions(store, outgoing, all.iterator());
  }

  @Override
  public @Nullable StoredRevision next() throws IOException {
    if (!left.hasNext()) {
      return null;
    }
    Listed next = left.next();
    link = next.link();
    returned.add(next.node());
    return store.find(next.node());
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
