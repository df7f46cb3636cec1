// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.command.Node;
import org.hgwire.store.NodeNames;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogAppender;
import org.hgwire.store.write.StoreTransaction;
import org.jspecify.annotations.Nullable;

/** Phases and bookmarks: what a repository has, and what it has after a pull. */
final class StateUpdate {
  private final RepositoryDirectory directory;
  private final StoreTransaction transaction;

  StateUpdate(RepositoryDirectory directory, StoreTransaction transaction) {
    this.directory = directory;
    this.transaction = transaction;
  }

  /** Has the transaction write what a server's state changes; returns whether it does. */
  boolean apply(RepositoryState state) throws IOException {
    RevlogAppender changelog = transaction.changelog();
    boolean changed = false;
    PhaseTable phases = PhaseTable.read(directory.phaseRoots(), changelog);
    List<PhaseRoot> before = phases.roots(changelog);
    phases.publish(changelog, state);
    List<PhaseRoot> after = phases.roots(changelog);
    if (!after.equals(before)) {
      transaction.setPhaseRoots(after);
      changed = true;
    }
    var local = NodeNames.bookmarks(directory.bookmarks());
    var moved = new BookmarkUpdate(changelog).apply(local, state);
    if (!moved.equals(local)) {
      transaction.setBookmarks(moved);
      changed = true;
    }
    return changed;
  }

  /** Returns the state of a repository, or null if it has no changeset. */
  static @Nullable RepositoryState read(RepositoryDirectory directory, StoredRevisions stored)
      throws IOException {
    Revlog changelog = stored.changelog();
    if (changelog == null || changelog.count() == 0) {
      return null;
    }
    Set<Node> heads = new HashSet<>();
    stored.heads().stream().mapToObj(changelog::node).forEach(heads::add);
    var bookmarks = NodeNames.bookmarks(directory.bookmarks());
    bookmarks.keySet().removeIf(NodeNames::isDivergent);
    Set<Node> drafts = new HashSet<>();
    for (PhaseRoot root : PhaseRoot.read(directory.phaseRoots())) {
      if (root.phase() == PhaseRoot.DRAFT && changelog.find(root.node()) != Revlog.NONE) {
        drafts.add(root.node());
      }
    }
    return new RepositoryState(heads, bookmarks, false, drafts);
  }
}
