// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Work;

/**
 * The file revisions that a request of {@code filesdata} resolves to: for each path, in order, the
 * nodes, each with the first of the requested changesets that has it. About 150 bytes per file
 * revision.
 */
final class RequestedFiles {
  private final RequestView view;
  private final PathFilter filter;
  private final int limit;
  private final NavigableMap<ByteString, Map<Node, Integer>> files = new TreeMap<>();
  private long count;

  RequestedFiles(RequestView view, PathFilter filter, int limit) {
    this.view = view;
    this.filter = filter;
    this.limit = limit;
  }

  NavigableMap<ByteString, Map<Node, Integer>> files() {
    return files;
  }

  long count() {
    return count;
  }

  /**
   * "When haveparents is true, the command MAY only emit data for file revisions introduced by the
   * set of changeset revisions whose data is being requested." A path that a changeset removed has
   * no revision in it and is skipped.
   */
  Work<RequestedFiles> addIntroduced(BitSet changesets) {
    return Work.inTurn(
        changesets.stream().iterator(),
        changeset -> addChanges(changeset, change -> !has(change) && introduces(changeset, change)),
        this);
  }

  /**
   * "When haveparents is false, the command MUST assume that the receiver has no file revisions
   * data. This means that all referenced file revisions in the queried set of changeset revisions
   * will be sent."
   *
   * <p>A changeset lists the entries that its manifest has and its parents' manifests have not, so
   * a manifest is read only if a parent is not itself requested.
   */
  Work<RequestedFiles> addReferenced(BitSet changesets) {
    ChangesetIndex index = view.index();
    return Work.inTurn(
        changesets.stream().iterator(),
        changeset ->
            isIn(changesets, index.parent1(changeset)) && isIn(changesets, index.parent2(changeset))
                ? addChanges(changeset, change -> true)
                : addManifest(changeset),
        this);
  }

  private Work<?> addChanges(int changeset, Work.Part<FileChange, Boolean> added)
      throws IOException {
    return Work.each(
        view.snapshot().changes(changeset).iterator(),
        change -> {
          Node node = change.node();
          if (node != null && filter.matches(change.path()) && added.of(change)) {
            add(change.path(), node, changeset);
          }
        },
        this);
  }

  private boolean has(FileChange change) {
    Map<Node, Integer> nodes = files.get(change.path());
    return nodes != null && nodes.containsKey(change.node());
  }

  /** A changeset also lists files of which it only changed the flag: their revision is older. */
  private boolean introduces(int changeset, FileChange change) throws IOException {
    RevisionStore store = view.snapshot().file(change.path());
    if (store == null || !store.recordsEveryLink()) {
      return true;
    }
    StoredRevision revision = store.find(Objects.requireNonNull(change.node()));
    if (revision == null) {
      return true;
    }
    int looks = 0;
    int link = ChangesetIndex.NONE;
    PrimitiveIterator.OfInt links = revision.links().iterator();
    while (link < changeset && links.hasNext()) {
      link = links.nextInt();
      looks++;
    }
    view.steps().spend(looks);
    return link == changeset;
  }

  private static boolean isIn(BitSet changesets, int parent) {
    return parent == ChangesetIndex.NONE || changesets.get(parent);
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

  private void add(ByteString path, Node node, int changeset) {
    Map<Node, Integer> nodes = files.computeIfAbsent(path, unused -> new LinkedHashMap<>(4));
    if (nodes.putIfAbsent(node, changeset) == null && ++count > limit) {
      throw new CommandException(
          "the request resolves to more than "
              + limit
              + " file revisions: request fewer changesets at a time");
    }
  }
}
