// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code hgwire files}: lists the files of a changeset of a repository on disk. */
@Command(
    name = "files",
    description = "List the files of a changeset of a repository on disk, as hg files does.",
    mixinStandardHelpOptions = true)
final class FilesCommand implements Callable<Integer> {
  @Mixin private RepositoryReading reading;

  @Option(
      names = {"-r", "--rev"},
      paramLabel = "NAME",
      description =
          "The changeset: a node, a number, a bookmark, a tag or a branch; by default the newest.")
  private String revision = "tip";

  @ParentCommand private HgWire root;

  @Override
  public Integer call() throws IOException {
    try (StoreRepository repository = reading.open();
        RepositorySnapshot snapshot = repository.snapshot()) {
      int changeset = RepositoryReading.changeset(snapshot, revision);
      ManifestText.Cursor entries =
          ManifestText.cursor(RepositoryReading.manifest(snapshot, changeset));
      JsonWriter json = new JsonWriter(root.output().text());
      BufferedOutputStream lines = new BufferedOutputStream(root.output());
      while (entries.next()) {
        ByteString path = entries.path();
        if (reading.json()) {
          CborMap.builder()
              .put("path", path)
              .put("node", CborBytes.utf8(entries.node().hex()))
              .put("flags", CborBytes.utf8(entries.flag().text()))
              .build()
              .accept(json);
          json.out().println();
        } else {
          lines.write(path.toByteArray());
          lines.write('\n');
        }
      }
      lines.flush();
    }
    return 0;
  }
}
