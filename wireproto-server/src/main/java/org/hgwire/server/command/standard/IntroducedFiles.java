// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Work;

/**
 * Finds the file revisions that changesets have and those that a client already has do not.
 *
 * <p>"When haveparents is true, the command MAY only emit data for file revisions introduced by the
 * set of changeset revisions whose data is being requested." Most of these have one of the
 * requested changesets as their first link, so their store lists them. Another first link means
 * that the client has the revision, if that changeset is an ancestor, or that a requested one
 * introduced again what a changeset that is not sent, or must not be, had introduced before. So the
 * changes of a changeset are read only if it lists a path of which it introduced no revision (it
 * removed the file, changed its flag, or introduced it again), and if there are such other
 * changesets, or if a store cannot list its revisions. Without such others they are read only of
 * the newest changeset that lists the path: a store that was cut lacks what it introduced.
 */
final class IntroducedFiles {
  private final RequestView view;
  private final PathFilter filter;
  private final RequestedFiles files;
  private final BitSet requested;

  /** The requested changesets and their ancestors. */
  private final BitSet known;

  /** Whether the first link of every revision of the requested changesets is known. */
  private final boolean complete;

  /** Which of the requested changesets list a path. */
  private final NavigableMap<ByteString, Numbers> listing = new TreeMap<>();

  /** The paths of changesets whose changes are to be read. */
  private final NavigableMap<Integer, Set<ByteString>> open = new TreeMap<>();

  private final List<KeptFiles.Counted> counted = new ArrayList<>();

  /** Whether a changeset has a revision that its store has not: the response ends with an error. */
  private boolean lacksSome;

  /** The paths whose stores do not list their revisions. */
  private final Set<ByteString> unlisted = new HashSet<>();

  IntroducedFiles(
      RequestView view, PathFilter filter, RequestedFiles files, BitSet requested, BitSet known) {
    this.view = view;
    this.filter = filter;
    this.files = files;
    this.requested = requested;
    this.known = known;
    this.complete = known.nextClearBit(0) >= requested.length();
  }

  Work<RequestedFiles> search() {
    KeptFiles kept =
        complete && filter.equals(PathFilter.everything()) ? KeptFiles.of(view.snapshot()) : null;
    List<KeptFiles.Counted> found = kept == null ? null : kept.find(requested);
    if (found != null) {
      return Work.each(
          found.iterator(),
          file -> files.addIntroduced(file.path(), requested, file.revisions()),
          files);
    }
    return Work.inTurn(requested.stream().iterator(), this::listPaths, this)
        .then(
            unused ->
                Work.inTurn(polling(listing), path -> count(path.getKey(), path.getValue()), this))
        .then(
            unused ->
                Work.inTurn(polling(open), each -> addOpen(each.getKey(), each.getValue()), files))
        .map(
            all -> {
              if (kept != null && unlisted.isEmpty() && !lacksSome) {
                kept.keep(requested, counted);
              }
              return all;
            });
  }

  /** Returns the entries of a map, each of which is removed when it is returned. */
  private static <K, V> Iterator<Map.Entry<K, V>> polling(NavigableMap<K, V> map) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !map.isEmpty();
      }

      @Override
      public Map.Entry<K, V> next() {
        Map.Entry<K, V> first = map.pollFirstEntry();
        if (first == null) {
          throw new NoSuchElementException();
        }
        return first;
      }
    };
  }

  private Work<?> listPaths(int changeset) throws IOException {
    return Work.each(
        view.index().files(changeset).iterator(),
        path -> {
          if (filter.matches(path)) {
            listing.computeIfAbsent(path, unused -> new Numbers()).add(changeset);
            files.requireRoom(listing.size());
          }
        },
        this);
  }

  private Work<?> count(ByteString path, Numbers changesets) throws IOException {
    RevisionStore store = view.snapshot().file(path);
    RevisionCursor cursor = store == null ? null : store.introducedBy(requested);
    if (cursor == null) {
      unlisted.add(path);
      return leaveOpen(path, changesets, Set.of());
    }
    int newest = changesets.last();
    Set<Integer> introducing = new HashSet<>();
    return countRevisions(path, cursor, newest, introducing)
        .then(unused -> leaveOpen(path, complete ? Numbers.of(newest) : changesets, introducing));
  }

  private Work<IntroducedFiles> countRevisions(
      ByteString path, RevisionCursor cursor, int newest, Set<Integer> introducing) {
    int[] count = new int[1];
    return steps -> {
      while (steps.take()) {
        StoredRevision revision = cursor.next();
        if (revision == null) {
          files.addIntroduced(path, requested, count[0]);
          if (complete && count[0] > 0) {
            counted.add(new KeptFiles.Counted(path, count[0]));
          }
          return this;
        }
        count[0]++;
        if (!complete || revision.firstLink() == newest) {
          introducing.add(revision.firstLink());
        }
      }
      return null;
    };
  }

  private Work<IntroducedFiles> leaveOpen(
      ByteString path, Numbers changesets, Set<Integer> introducing) {
    return Work.each(
        changesets.iterator(),
        changeset -> {
          if (!introducing.contains(changeset)) {
            open.computeIfAbsent(changeset, unused -> new HashSet<>()).add(path);
          }
        },
        this);
  }

  private Work<?> addOpen(int changeset, Set<ByteString> paths) throws IOException {
    return Work.each(
        view.snapshot().changes(changeset).iterator(),
        change -> {
          Node node = change.node();
          if (node != null && paths.contains(change.path()) && isNeeded(changeset, change)) {
            files.add(change.path(), node, changeset);
          }
        },
        this);
  }

  private boolean isNeeded(int changeset, FileChange change) throws IOException {
    RevisionStore store = view.snapshot().file(change.path());
    StoredRevision revision =
        store == null ? null : store.find(Objects.requireNonNull(change.node()));
    if (store == null || revision == null) {
      lacksSome = true;
      return true;
    }
    int first = revision.firstLink();
    return known.get(first)
        ? requested.get(first) && unlisted.contains(change.path())
        : !store.recordsEveryLink() || isLink(changeset, revision);
  }

  /** A changeset also lists files of which it only changed the flag: their revision is older. */
  private boolean isLink(int changeset, StoredRevision revision) {
    int looks = 0;
    int link = -1;
    PrimitiveIterator.OfInt links = revision.links().iterator();
    while (link < changeset && links.hasNext()) {
      link = links.nextInt();
      looks++;
    }
    view.steps().spend(looks);
    return link == changeset;
  }
}
