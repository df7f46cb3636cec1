// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.server.store.StoreRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hgwire bundle}: writes a bundle of a repository on disk. */
@Command(
    name = "bundle",
    description = "Write a bundle of a repository on disk, as hg bundle does.",
    mixinStandardHelpOptions = true)
final class BundleCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FILE|-",
      description = "The file to write, or - for standard output.")
  private String file = "";

  @Option(
      names = {"-R", "--repository"},
      paramLabel = "PATH",
      required = true,
      description = "The repository.")
  private Path repository = Path.of("");

  @Mixin private BundleOptions bundle;

  @Option(
      names = {"-r", "--rev"},
      paramLabel = "NODE",
      description = "Take this changeset and its ancestors, and not all; may be repeated.")
  private List<String> revisions = List.of();

  @ParentCommand private HgWire root;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (StoreRepository store = StoreRepository.open(repository)) {
      if (file.equals("-")) {
        print(bundle.write(store, revisions, root.output(), file), spec.commandLine().getErr());
        return 0;
      }
      try (NewFile out = NewFile.create(Path.of(file))) {
        String summary = bundle.write(store, revisions, out, file);
        out.complete();
        print(summary, spec.commandLine().getOut());
      }
    }
    return 0;
  }

  private static void print(String line, PrintWriter out) {
    out.println(line);
    out.flush();
  }
}
