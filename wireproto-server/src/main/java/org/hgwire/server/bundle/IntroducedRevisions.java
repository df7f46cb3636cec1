// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.Map;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** The missing revisions of a store that lists them by their first link. */
final class IntroducedRevisions implements MissingRevisions {
  private final RevisionStore store;
  private final RevisionCursor cursor;
  private final Outgoing outgoing;
  private final Map<Node, SearchedLink> relinked;
  private int link = ChangesetIndex.NONE;

  /**
   * Makes the list.
   *
   * @param cursor over those that an outgoing changeset introduced, and those in {@code relinked},
   *     among others
   * @param relinked the changesets of those whose first link is neither sent nor common
   */
  IntroducedRevisions(
      RevisionStore store,
      RevisionCursor cursor,
      Outgoing outgoing,
      Map<Node, SearchedLink> relinked) {
    this.store = store;
    this.cursor = cursor;
    this.outgoing = outgoing;
    this.relinked = relinked;
  }

  @Override
  public @Nullable StoredRevision next() throws IOException {
    for (StoredRevision revision = cursor.next(); revision != null; revision = cursor.next()) {
      link = linkOf(revision);
      if (link != ChangesetIndex.NONE) {
        return revision;
      }
    }
    return null;
  }

  private int linkOf(StoredRevision revision) {
    int first = revision.firstLink();
    if (outgoing.changesets().get(first)) {
      return first;
    }
    SearchedLink searched = relinked.get(revision.node());
    return searched == null ? ChangesetIndex.NONE : searched.sent();
  }

  @Override
  public int link() {
    return link;
  }

  /** Bases and parents come before what needs them, so those that are sent were returned. */
  @Override
  public boolean has(Node node) throws IOException {
    if (outgoing.everything() || relinked.containsKey(node)) {
      return true;
    }
    StoredRevision revision = store.find(node);
    return revision != null && outgoing.reaches(revision.firstLink());
  }

  @Override
  public @Nullable StoredRevision find(Node node) throws IOException {
    return store.find(node);
  }
}
