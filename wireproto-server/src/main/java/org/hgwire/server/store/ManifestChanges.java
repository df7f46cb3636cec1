// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.StoredDelta;
import org.jspecify.annotations.Nullable;

/**
 * What a changeset changed, from the delta that is stored of its manifest: if that is against the
 * manifest of its only parent, the lines that it inserts have the revisions of all files that are
 * new or changed, and a file that is listed without such a line was removed.
 */
final class ManifestChanges {
  private final ChangesetIndex changesets;
  private final RevlogStore manifests;

  ManifestChanges(ChangesetIndex changesets, RevlogStore manifests) {
    this.changesets = changesets;
    this.manifests = manifests;
  }

  /**
   * Returns the changes of a changeset, sorted by path, or null if the delta does not tell.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable List<FileChange> of(int changeset) throws IOException {
    if (changesets.parent2(changeset) != ChangesetIndex.NONE) {
      return null;
    }
    RevlogRevision manifest = manifests.find(changesets.manifest(changeset));
    if (manifest == null || !manifest.isDeltaAgainst(parentManifest(changeset))) {
      return null;
    }
    StoredDelta delta = manifest.delta();
    if (delta == null) {
      return null;
    }
    List<ByteString> paths = changesets.files(changeset);
    return paths.isEmpty() ? List.of() : join(sorted(paths), delta.hunks());
  }

  private Node parentManifest(int changeset) throws IOException {
    int parent = changesets.parent1(changeset);
    return parent == ChangesetIndex.NONE ? Node.NULL : changesets.manifest(parent);
  }

  private static List<ByteString> sorted(List<ByteString> paths) {
    for (int i = 1; i < paths.size(); i++) {
      if (paths.get(i - 1).compareTo(paths.get(i)) >= 0) {
        return paths.stream().sorted().distinct().toList();
      }
    }
    return paths;
  }

  /** Joins the listed paths with the lines of the delta, both in the order of their paths. */
  private static @Nullable List<FileChange> join(List<ByteString> paths, ByteString hunks) {
    List<FileChange> changes = new ArrayList<>(paths.size());
    InsertedLines lines = new InsertedLines(hunks);
    boolean line = lines.next();
    for (ByteString path : paths) {
      while (line && lines.comparePath(path) < 0) {
        line = lines.next();
      }
      boolean present = line && lines.comparePath(path) == 0;
      changes.add(new FileChange(path, present ? lines.node() : null));
    }
    return lines.damaged() ? null : changes;
  }
}
