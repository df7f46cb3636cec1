// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;

/** What a changeset changed, from its text and its manifest: both are sorted by path. */
final class ChangedFiles {
  private ChangedFiles() {}

  static List<FileChange> of(RepositorySnapshot snapshot, int changeset) throws IOException {
    List<ByteString> paths = new ArrayList<>();
    try (ChangesetReader reader = ChangesetReader.atFiles(snapshot.changesets(), changeset)) {
      for (ByteString path = reader.nextFile(); path != null; path = reader.nextFile()) {
        paths.add(path);
      }
    }
    if (paths.isEmpty()) {
      return List.of();
    }
    paths.sort(null);
    try (ManifestReader manifest = ManifestReader.of(snapshot, changeset)) {
      return join(paths, manifest);
    }
  }

  private static List<FileChange> join(List<ByteString> paths, ManifestReader manifest)
      throws IOException {
    List<FileChange> changes = new ArrayList<>(paths.size());
    ManifestEntry entry = manifest.next();
    for (ByteString path : paths) {
      while (entry != null && entry.path().compareTo(path) < 0) {
        entry = manifest.next();
      }
      boolean present = entry != null && entry.path().equals(path);
      changes.add(new FileChange(path, present && entry != null ? entry.node() : null));
    }
    return changes;
  }
}
