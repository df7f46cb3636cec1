// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.FileText;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.store.StoreRepository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hgwire cat}: prints files of a repository on disk. */
@Command(
    name = "cat",
    description = "Print files as they are in a changeset of a repository on disk, as hg cat does.",
    mixinStandardHelpOptions = true)
final class CatCommand implements Callable<Integer> {
  @Mixin private RepositoryReading reading;

  @Option(
      names = {"-r", "--rev"},
      paramLabel = "NAME",
      description =
          "The changeset: a node, a number, a bookmark, a tag or a branch; by default the newest.")
  private String revision = "tip";

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The path of a file.")
  private List<String> files = List.of();

  @ParentCommand private HgWire root;

  @Override
  public Integer call() throws IOException {
    try (StoreRepository repository = reading.open();
        RepositorySnapshot snapshot = repository.snapshot()) {
      int changeset = RepositoryReading.changeset(snapshot, revision);
      List<ByteString> paths = files.stream().map(ByteString::utf8).toList();
      List<Node> nodes = find(RepositoryReading.manifest(snapshot, changeset), paths);
      for (int i = 0; i < paths.size(); i++) {
        print(snapshot, paths.get(i), nodes.get(i));
      }
    }
    return 0;
  }

  /** Returns the revision of each path; nothing is printed unless all are there. */
  private List<Node> find(ByteString manifest, List<ByteString> paths) throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (ByteString path : paths) {
      Node node = find(manifest, path);
      if (node == null) {
        throw new IOException(
            "there is no file "
                + path.excerpt()
                + " in changeset "
                + revision
                + "; hgwire files lists them");
      }
      nodes.add(node);
    }
    return nodes;
  }

  private static @Nullable Node find(ByteString manifest, ByteString path) {
    ManifestText.Cursor entries = ManifestText.cursor(manifest);
    while (entries.next()) {
      if (entries.path().equals(path)) {
        return entries.node();
      }
    }
    return null;
  }

  private void print(RepositorySnapshot snapshot, ByteString path, Node node) throws IOException {
    RevisionStore revisions = snapshot.file(path);
    StoredRevision file = revisions == null ? null : revisions.find(node);
    if (file == null) {
      throw new IOException(
          "the repository is damaged: it has no revision " + node + " of " + path.excerpt());
    }
    ByteString content = FileText.parse(RepositoryReading.text(file)).content();
    if (!reading.json()) {
      root.output().write(content.toByteArray(), 0, content.length());
      return;
    }
    CborMap.builder()
        .put("path", path)
        .put("node", CborBytes.utf8(node.hex()))
        .put("data", content)
        .build()
        .accept(new JsonWriter(root.output().text()));
    root.output().text().println();
  }
}
