// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.text.ManifestEntry;
import org.hgwire.server.repository.text.ManifestReader;

/** What a changeset changed, from its text and its manifest; both are read in order of path. */
final class ChangedFiles {
  private ChangedFiles() {}

  static List<FileChange> of(RepositorySnapshot snapshot, int changeset) throws IOException {
    List<ByteString> paths = new ArrayList<>(snapshot.changesets().files(changeset));
    if (paths.isEmpty()) {
      return List.of();
    }
    paths.sort(null);
    try (ManifestReader manifest = manifest(snapshot, changeset)) {
      return join(paths, manifest);
    }
  }

  private static ManifestReader manifest(RepositorySnapshot snapshot, int changeset)
      throws IOException {
    Node node = snapshot.changesets().manifest(changeset);
    RevisionStore store = snapshot.manifests(ByteString.empty());
    StoredRevision revision = node.isNull() || store == null ? null : store.find(node);
    return ManifestReader.open(node, revision == null ? null : revision.open());
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
