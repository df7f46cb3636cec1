// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.store.StoreRepository;
import picocli.CommandLine.Option;

/** The options of the commands that read a repository on disk, and what they read of it. */
final class RepositoryReading {
  @Option(
      names = {"-R", "--repository"},
      paramLabel = "PATH",
      required = true,
      description = "The repository.")
  private Path repository = Path.of("");

  @Option(
      names = "--json",
      description = "Print a JSON value a line, with the names of hg's JSON templates.")
  private boolean json;

  boolean json() {
    return json;
  }

  StoreRepository open() throws IOException {
    return StoreRepository.open(repository);
  }

  /**
   * Returns the number of a changeset.
   *
   * @throws IOException if it is not found, or is ambiguous
   */
  static int changeset(RepositorySnapshot snapshot, String name) throws IOException {
    Node node = new RevisionNames(snapshot).node(name);
    int revision =
        node == null || node.isNull() ? ChangesetIndex.NONE : snapshot.changesets().revision(node);
    if (revision == ChangesetIndex.NONE) {
      throw new IOException("the repository has no changeset " + name);
    }
    return revision;
  }

  /** Returns the text of the manifest of a changeset. */
  static ByteString manifest(RepositorySnapshot snapshot, int changeset) throws IOException {
    Node node = snapshot.changesets().manifest(changeset);
    if (node.isNull()) {
      return ByteString.empty();
    }
    RevisionStore manifests = snapshot.manifests(ByteString.empty());
    StoredRevision manifest = manifests == null ? null : manifests.find(node);
    if (manifest == null) {
      throw new IOException("the repository is damaged: it has no manifest " + node);
    }
    return text(manifest);
  }

  /** Returns a text that fits into memory. */
  static ByteString text(StoredRevision revision) throws IOException {
    try (var input = revision.open()) {
      return ByteString.copyOf(input.readAllBytes());
    }
  }
}
