// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hgwire.conformance.suite.KnownRepository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hgwire conformance repository}: prints how the known repository is made. */
@Command(
    name = "repository",
    description =
        "Print the shell script that makes the known repository with any hg: `hgwire conformance"
            + " repository | sh -s DEST`.",
    mixinStandardHelpOptions = true)
final class ConformanceRepositoryCommand implements Callable<Integer> {
  @ArgGroup private Form form = new Form();

  @Spec private CommandSpec spec;

  /** Something else than the script. */
  private static final class Form {
    @Option(
        names = "--description",
        description = "Print what is in it, for servers that cannot read what hg made.")
    private boolean description;

    @Option(names = "--names", description = "Print its nodes and their names in the cases.")
    private boolean names;

    @Option(
        names = "--bundle",
        paramLabel = "FILE",
        description = "Write a bundle of its public and draft changesets.")
    private @Nullable Path bundle;
  }

  @Override
  public Integer call() throws IOException {
    if (form.bundle != null) {
      try (NewFile file = NewFile.create(form.bundle)) {
        file.write(KnownRepository.bundle().toByteArray());
        file.complete();
      }
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        form.names
            ? KnownRepository.names()
            : form.description ? KnownRepository.description() : KnownRepository.script());
    out.flush();
    return 0;
  }
}
