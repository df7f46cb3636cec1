// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
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
 * <p>In memory are the paths, 12 bytes for each revision of a file that a manifest names, and about
 * 150 bytes for each revision that was searched.
 */
final class MissingHistory {
  /** How many named revisions take the memory of one that is searched. */
  private static final int NAMED_PER_COUNT = 8;

  private final RepositorySnapshot snapshot;
  private final Outgoing outgoing;
  private final int max;
  private final @Nullable RevisionStore manifests;
  private final boolean listed;
  private final Map<Node, SearchedLink> manifestLinks = new HashMap<>();
  private final Map<ByteString, Map<Node, SearchedLink>> fileLinks = new HashMap<>();

  /** The files that outgoing changesets list, by path, with what is named of them. */
  private final Map<ByteString, NamedRevisions> paths = new HashMap<>();

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
        throw missing("manifest " + manifest, changeset, null);
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
      throw missing(what, changeset, null);
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
      throw missing(what, changeset, store);
    }
    int first = revision.firstLink();
    boolean found = outgoing.common().get(first) || (listed && outgoing.changesets().get(first));
    if (!found && links.putIfAbsent(node, new SearchedLink(first, changeset)) == null) {
      count();
    }
  }

  private IOException missing(String what, int changeset, @Nullable RevisionStore store) {
    String place = store == null ? null : store.place();
    return new IOException(
        "the repository is damaged: the "
            + what
            + " of changeset "
            + snapshot.changesets().node(changeset)
            + " is missing"
            + (place == null ? "" : " in " + place));
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
    if (listed && !paths.containsKey(path)) {
      paths.put(path, new NamedRevisions(changeset));
      count();
    }
  }

  /** Adds a revision of a file that the manifest of an outgoing changeset names. */
  void addNamed(ByteString path, Node node, int changeset) {
    NamedRevisions named = paths.get(path);
    if (named != null && named.add(node, changeset) % NAMED_PER_COUNT == 0) {
      count();
    }
  }

  /**
   * Checks that the manifest of an outgoing changeset is there.
   *
   * @throws IOException if it is not
   */
  void requireManifest(Node manifest, int changeset) throws IOException {
    if (listed && !manifest.isNull() && manifests != null && manifests.find(manifest) == null) {
      throw missing("manifest " + manifest, changeset, manifests);
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
    NamedRevisions named = paths.get(path);
    return named == null
        ? revisions
        : new ListedFile(
            revisions,
            named,
            (left, none) -> {
              requireNamed(store, path, left);
              if (none) {
                requireRevision(store, path, named.firstChangeset());
              }
            });
  }

  /** Checks that the store has revisions that were not sent; changesets by parts of nodes. */
  private void requireNamed(@Nullable RevisionStore store, ByteString path, Map<Long, Integer> left)
      throws IOException {
    if (left.isEmpty()) {
      return;
    }
    BitSet all = new BitSet();
    all.set(0, snapshot.changesets().count());
    RevisionCursor cursor = store == null ? null : store.introducedBy(all);
    if (cursor != null) {
      for (StoredRevision each = cursor.next();
          each != null && !left.isEmpty();
          each = cursor.next()) {
        left.remove(each.node().high());
      }
    }
    for (Map.Entry<Long, Integer> named : left.entrySet()) {
      String start = HexFormat.of().toHexDigits(named.getKey());
      throw missing("revision " + start + "… of " + path, named.getValue(), store);
    }
  }

  /** Checks that a file is there as a changeset has it that lists it, if it has it. */
  private void requireRevision(@Nullable RevisionStore store, ByteString path, int changeset)
      throws IOException {
    for (FileChange change : snapshot.changes(changeset)) {
      Node node = change.node();
      if (node != null
          && change.path().equals(path)
          && (store == null || store.find(node) == null)) {
        throw missing("revision " + node + " of " + path, changeset, store);
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
