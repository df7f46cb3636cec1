// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.text.InsertedLines;
import org.jspecify.annotations.Nullable;

/**
 * What a changeset changed, from the delta that is stored of its manifest. The lines that it
 * inserts have the revisions of the files that are new or changed; if it is against the manifest of
 * the only parent, a file that is listed without such a line was removed. Where the delta does not
 * tell, the file is looked up in the text of the manifest.
 */
final class ManifestChanges {
  /** The length in bytes of a manifest that is read at once; a longer one is streamed. */
  private static final int MAX_TEXT = 64 << 20;

  private final ChangesetIndex changesets;
  private final RevlogStore manifests;

  ManifestChanges(ChangesetIndex changesets, RevlogStore manifests) {
    this.changesets = changesets;
    this.manifests = manifests;
  }

  /**
   * Returns the changes of a changeset, sorted by path, or null if its manifest is not stored or
   * larger than what is read at once.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable List<FileChange> of(int changeset) throws IOException {
    List<ByteString> paths = sorted(changesets.files(changeset));
    if (paths.isEmpty()) {
      return List.of();
    }
    RevlogRevision manifest = manifests.find(changesets.manifest(changeset));
    if (manifest == null) {
      return null;
    }
    StoredDelta delta = manifest.delta();
    if (delta != null) {
      List<FileChange> changes = join(paths, delta.hunks(), removes(changeset, manifest));
      if (changes != null) {
        return changes;
      }
    }
    return manifest.size() > MAX_TEXT ? null : lookUp(paths, manifest);
  }

  /** Returns whether the delta is against the manifest of the only parent. */
  private boolean removes(int changeset, RevlogRevision manifest) throws IOException {
    return changesets.parent2(changeset) == ChangesetIndex.NONE
        && manifest.isDeltaAgainst(parentManifest(changeset));
  }

  private Node parentManifest(int changeset) throws IOException {
    int parent = changesets.parent1(changeset);
    return parent == ChangesetIndex.NONE ? Node.NULL : changesets.manifest(parent);
  }

  private static List<ByteString> sorted(List<ByteString> paths) {
    for (int i = 1; i < paths.size(); i++) {
      if (paths.get(i - 1).compareTo(paths.get(i)) >= 0) {
        return List.copyOf(new TreeSet<>(paths));
      }
    }
    return paths;
  }

  /**
   * Joins the listed paths with the lines of the delta, both in the order of their paths.
   *
   * @param removed whether a path without a line was removed
   * @return null if the lines do not tell about each path
   */
  private static @Nullable List<FileChange> join(
      List<ByteString> paths, ByteString hunks, boolean removed) {
    List<FileChange> changes = new ArrayList<>(paths.size());
    InsertedLines lines = new InsertedLines(hunks);
    boolean line = lines.next();
    for (ByteString path : paths) {
      while (line && lines.comparePath(path) < 0) {
        line = lines.next();
      }
      boolean present = line && lines.comparePath(path) == 0;
      if (!present && !removed) {
        return null;
      }
      Node node = present ? lines.node() : null;
      if (present && node == null) {
        return null;
      }
      changes.add(new FileChange(path, node));
    }
    return lines.damaged() ? null : changes;
  }

  private static List<FileChange> lookUp(List<ByteString> paths, RevlogRevision manifest)
      throws IOException {
    ManifestLines lines = new ManifestLines(manifest.node(), manifest.text());
    List<FileChange> changes = new ArrayList<>(paths.size());
    for (ByteString path : paths) {
      changes.add(new FileChange(path, lines.find(path)));
    }
    return changes;
  }
}
