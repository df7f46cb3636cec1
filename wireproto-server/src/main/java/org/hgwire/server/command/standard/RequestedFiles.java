// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
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
import org.hgwire.server.repository.text.ManifestEntry;
import org.hgwire.server.repository.text.ManifestReader;

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
  void addIntroduced(BitSet changesets) throws IOException {
    for (int r = changesets.nextSetBit(0); r >= 0; r = changesets.nextSetBit(r + 1)) {
      for (FileChange change : view.snapshot().changes(r)) {
        Node node = change.node();
        if (node != null && filter.matches(change.path()) && introduces(r, change.path(), node)) {
          add(change.path(), node, r);
        }
      }
    }
  }

  /** A changeset also lists files of which it only changed the flag: their revision is older. */
  private boolean introduces(int changeset, ByteString path, Node node) throws IOException {
    RevisionStore store = view.snapshot().file(path);
    if (store == null || !store.recordsEveryLink()) {
      return true;
    }
    StoredRevision revision = store.find(node);
    return revision == null || revision.links().anyMatch(link -> link == changeset);
  }

  /**
   * "When haveparents is false, the command MUST assume that the receiver has no file revisions
   * data. This means that all referenced file revisions in the queried set of changeset revisions
   * will be sent."
   *
   * <p>A changeset lists the entries that its manifest has and its parents' manifests have not, so
   * a manifest is read only if a parent is not itself requested.
   */
  void addReferenced(BitSet changesets) throws IOException {
    ChangesetIndex index = view.index();
    for (int r = changesets.nextSetBit(0); r >= 0; r = changesets.nextSetBit(r + 1)) {
      if (isIn(changesets, index.parent1(r)) && isIn(changesets, index.parent2(r))) {
        for (FileChange change : view.snapshot().changes(r)) {
          Node node = change.node();
          if (node != null && filter.matches(change.path())) {
            add(change.path(), node, r);
          }
        }
      } else {
        addManifest(r);
      }
    }
  }

  private static boolean isIn(BitSet changesets, int parent) {
    return parent == ChangesetIndex.NONE || changesets.get(parent);
  }

  private void addManifest(int changeset) throws IOException {
    try (ManifestReader manifest = view.openManifest(changeset)) {
      for (ManifestEntry entry = manifest.next(); entry != null; entry = manifest.next()) {
        if (entry.flag() == ManifestFlag.TREE) {
          throw new IOException(
              "the repository has a manifest per directory, which filesdata does not support");
        }
        if (filter.matches(entry.path())) {
          add(entry.path(), entry.node(), changeset);
        }
      }
    }
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
