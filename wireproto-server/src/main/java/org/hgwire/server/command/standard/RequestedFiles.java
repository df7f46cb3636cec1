// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.work.Work;

/**
 * The file revisions that a request of {@code filesdata} resolves to, by path. About 150 bytes for
 * each path, and as many for each revision that its store does not list by changeset.
 */
final class RequestedFiles {
  private final RequestView view;
  private final PathFilter filter;
  private final int limit;
  private final NavigableMap<ByteString, RequestedFile> files = new TreeMap<>();
  private long count;

  RequestedFiles(RequestView view, PathFilter filter, int limit) {
    this.view = view;
    this.filter = filter;
    this.limit = limit;
  }

  NavigableMap<ByteString, RequestedFile> files() {
    return files;
  }

  long count() {
    return count;
  }

  /**
   * Finds what a client needs that may have the ancestors of {@code changesets}.
   *
   * @param haveParents whether it has their file revisions
   */
  Work<RequestedFiles> find(BitSet changesets, boolean haveParents) {
    return view.graph()
        .ancestors(changesets)
        .then(
            known ->
                haveParents || known.equals(changesets)
                    ? new IntroducedFiles(view, filter, this, changesets, known).search()
                    : addReferenced(changesets));
  }

  /**
   * "When haveparents is false, the command MUST assume that the receiver has no file revisions
   * data. This means that all referenced file revisions in the queried set of changeset revisions
   * will be sent."
   *
   * <p>A changeset lists the entries that its manifest has and its parents' manifests have not, so
   * a manifest is read only if a parent is not itself requested.
   */
  private Work<RequestedFiles> addReferenced(BitSet changesets) {
    ChangesetIndex index = view.index();
    return Work.inTurn(
        changesets.stream().iterator(),
        changeset ->
            isIn(changesets, index.parent1(changeset)) && isIn(changesets, index.parent2(changeset))
                ? addChanges(changeset)
                : addManifest(changeset),
        this);
  }

  private static boolean isIn(BitSet changesets, int parent) {
    return parent == ChangesetIndex.NONE || changesets.get(parent);
  }

  private Work<?> addChanges(int changeset) throws IOException {
    return Work.each(
        view.snapshot().changes(changeset).iterator(),
        change -> {
          Node node = change.node();
          if (node != null && filter.matches(change.path())) {
            add(change.path(), node, changeset);
          }
        },
        this);
  }

  private Work<?> addManifest(int changeset) throws IOException {
    return new ManifestWalk(
        view.openManifest(changeset),
        entry -> {
          if (entry.flag() == ManifestFlag.TREE) {
            throw new IOException(
                "the repository has a manifest per directory, which filesdata does not support");
          }
          if (filter.matches(entry.path())) {
            add(entry.path(), entry.node(), changeset);
          }
        });
  }

  /** Adds a revision that {@code changeset} has. */
  void add(ByteString path, Node node, int changeset) {
    if (file(path).add(node, changeset)) {
      addToCount(1);
    }
  }

  /** Adds the revisions that {@code changesets} introduced first, if there are any. */
  void addIntroduced(ByteString path, BitSet changesets, int revisions) {
    if (revisions > 0) {
      file(path).addIntroduced(changesets, revisions);
      addToCount(revisions);
    }
  }

  private RequestedFile file(ByteString path) {
    return files.computeIfAbsent(path, unused -> new RequestedFile());
  }

  private void addToCount(int revisions) {
    count += revisions;
    requireRoom(count);
  }

  /** Checks that so many files or revisions may be held in memory. */
  void requireRoom(long held) {
    if (held > limit) {
      throw new CommandException(
          "the request resolves to more than "
              + limit
              + " files or file revisions: request fewer changesets at a time");
    }
  }
}
