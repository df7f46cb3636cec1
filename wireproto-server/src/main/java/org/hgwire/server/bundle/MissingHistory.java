// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * The manifests and files that a receiver lacks.
 *
 * <p>Most of them are those whose first link is an outgoing changeset, which the stores list. But a
 * revision may have been introduced first by a changeset that is not sent, because it is hidden or
 * on another branch, and again by one that is: those are searched in advance, among the changes of
 * the outgoing changesets that are newer than the first that is not sent. Of a store that lists
 * nothing all revisions are found in this way.
 *
 * <p>In memory are the paths, and about 150 bytes for each revision that was searched.
 */
final class MissingHistory {
  private final RepositorySnapshot snapshot;
  private final Outgoing outgoing;
  private final int max;
  private final @Nullable RevisionStore manifests;
  private final boolean listed;
  private final Map<Node, SearchedLink> manifestLinks = new HashMap<>();
  private final Map<ByteString, Map<Node, SearchedLink>> fileLinks = new HashMap<>();

  /** The paths that outgoing changesets list, each with the first changeset that does. */
  private final Map<ByteString, Integer> paths = new HashMap<>();

  private long count;

  private MissingHistory(RepositorySnapshot snapshot, Outgoing outgoing, CommandSettings settings)
      throws IOException {
    this.snapshot = snapshot;
    this.outgoing = outgoing;
    this.max = settings.maxFileRevisions();
    this.manifests = snapshot.manifests(ByteString.empty());
    this.listed = manifests != null && manifests.introducedBy(new BitSet()) != null;
  }

  /** Searches what must be searched in advance. */
  static Work<MissingHistory> search(
      RepositorySnapshot snapshot, Outgoing outgoing, CommandSettings settings) throws IOException {
    MissingHistory history = new MissingHistory(snapshot, outgoing, settings);
    return Work.inTurn(history.searched().stream().iterator(), history::searchChangeset, history);
  }

  private BitSet searched() {
    BitSet searched = (BitSet) outgoing.changesets().clone();
    if (listed && outgoing.everything()) {
      searched.clear();
    } else if (listed) {
      BitSet reached = (BitSet) outgoing.changesets().clone();
      reached.or(outgoing.common());
      searched.clear(0, reached.nextClearBit(0));
    }
    return searched;
  }

  private Work<?> searchChangeset(int changeset) throws IOException {
    Node manifest = snapshot.changesets().manifest(changeset);
    if (!manifest.isNull()) {
      if (manifests == null) {
        throw missing("manifest " + manifest, changeset);
      }
      link(manifests, manifest, manifestLinks, changeset, "manifest " + manifest);
    }
    return Work.each(
        snapshot.changes(changeset).iterator(), change -> searchFile(change, changeset), this);
  }

  private void searchFile(FileChange change, int changeset) throws IOException {
    Node node = change.node();
    if (node == null) {
      return;
    }
    Map<Node, SearchedLink> links = fileLinks.get(change.path());
    if (links != null && links.containsKey(node)) {
      return;
    }
    String what = "revision " + node + " of " + change.path();
    RevisionStore store = snapshot.file(change.path());
    if (store == null) {
      throw missing(what, changeset);
    }
    if (links == null) {
      links = new HashMap<>();
    }
    link(store, node, links, changeset, what);
    if (!links.isEmpty()) {
      fileLinks.putIfAbsent(change.path(), links);
    }
  }

  private void link(
      RevisionStore store, Node node, Map<Node, SearchedLink> links, int changeset, String what)
      throws IOException {
    StoredRevision revision = store.find(node);
    if (revision == null) {
      throw missing(what, changeset);
    }
    int first = revision.firstLink();
    boolean found = outgoing.common().get(first) || (listed && outgoing.changesets().get(first));
    if (!found && links.putIfAbsent(node, new SearchedLink(first, changeset)) == null) {
      count();
    }
  }

  private IOException missing(String what, int changeset) {
    return new IOException(
        "the repository is damaged: the "
            + what
            + " of changeset "
            + snapshot.changesets().node(changeset)
            + " is missing");
  }

  private void count() {
    count++;
    if (count > max) {
      throw new CommandException(
          "the request resolves to more than "
              + max
              + " files and revisions that must be held in memory: request fewer changesets at a"
              + " time");
    }
  }

  /** Adds the path of a file that an outgoing changeset lists. */
  void addPath(ByteString path, int changeset) {
    if (listed && paths.putIfAbsent(path, changeset) == null) {
      count();
    }
  }

  /** Returns the paths of the files that may have missing revisions, sorted. */
  Iterator<ByteString> paths() {
    return (listed ? paths.keySet() : fileLinks.keySet()).stream().sorted().iterator();
  }

  /** Returns the missing manifests. */
  MissingRevisions manifests() throws IOException {
    return manifests == null ? MissingRevisions.NONE : of(manifests, manifestLinks);
  }

  /**
   * Returns the missing revisions of a file; none if a changeset lists one that never was.
   *
   * @throws IOException if there are none although the changeset that lists it has one
   */
  MissingRevisions file(ByteString path) throws IOException {
    RevisionStore store = snapshot.file(path);
    MissingRevisions revisions =
        store == null ? MissingRevisions.NONE : of(store, fileLinks.getOrDefault(path, Map.of()));
    Integer changeset = paths.get(path);
    return changeset == null
        ? revisions
        : new ListedFile(revisions, () -> requireRevision(store, path, changeset));
  }

  /** Checks that a file is there as a changeset has it that lists it, if it has it. */
  private void requireRevision(@Nullable RevisionStore store, ByteString path, int changeset)
      throws IOException {
    for (FileChange change : snapshot.changes(changeset)) {
      Node node = change.node();
      if (node != null
          && change.path().equals(path)
          && (store == null || store.find(node) == null)) {
        throw missing("revision " + node + " of " + path, changeset);
      }
    }
  }

  private MissingRevisions of(RevisionStore store, Map<Node, SearchedLink> links)
      throws IOException {
    if (!listed) {
      return ListedRevisions.of(store, outgoing, links);
    }
    RevisionCursor cursor = store.introducedBy(introducing(links));
    if (cursor == null) {
      throw new IOException("the repository lists the revisions of some of its stores only");
    }
    return new IntroducedRevisions(store, cursor, outgoing, links);
  }

  /** Returns the first links of all revisions that are sent. */
  private BitSet introducing(Map<Node, SearchedLink> links) {
    if (links.isEmpty()) {
      return outgoing.changesets();
    }
    BitSet changesets = (BitSet) outgoing.changesets().clone();
    links.values().forEach(link -> changesets.set(link.first()));
    return changesets;
  }
}
