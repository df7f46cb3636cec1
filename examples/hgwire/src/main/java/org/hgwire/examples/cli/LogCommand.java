// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hgwire log}: prints changesets of a repository on disk. */
@Command(
    name = "log",
    description = "Print the changesets of a repository on disk, the newest first, as hg log does.",
    mixinStandardHelpOptions = true)
final class LogCommand implements Callable<Integer> {
  @Mixin private RepositoryReading reading;

  @Option(
      names = {"-r", "--rev"},
      paramLabel = "NAME",
      description =
          "Print this changeset alone: a node, a number, a bookmark, a tag or a branch; may be"
              + " repeated.")
  private List<String> revisions = List.of();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      description = "Print at most so many.")
  private int max = Integer.MAX_VALUE;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the files and the whole description.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (StoreRepository repository = reading.open();
        RepositorySnapshot snapshot = repository.snapshot()) {
      ChangesetPrinter printer = new ChangesetPrinter(snapshot, out, reading.json(), verbose);
      int printed = 0;
      if (!revisions.isEmpty()) {
        for (String name : revisions) {
          if (printed++ < max) {
            printer.print(RepositoryReading.changeset(snapshot, name));
          }
        }
        return 0;
      }
      ChangesetIndex index = snapshot.changesets();
      for (int revision = index.count() - 1; revision >= 0 && printed < max; revision--) {
        if (!index.hidden(revision)) {
          printer.print(revision);
          printed++;
        }
      }
    }
    return 0;
  }
}
