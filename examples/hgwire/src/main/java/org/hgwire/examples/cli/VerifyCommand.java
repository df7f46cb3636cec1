// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hgwire.core.PeerText;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.verify.RepositoryVerification;
import org.hgwire.store.verify.VerificationListener;
import org.hgwire.store.verify.VerificationSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hgwire verify}: checks a repository on disk. */
@Command(
    name = "verify",
    description = "Check every revision of a repository on disk, as hg verify does.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = {"-R", "--repository"},
      paramLabel = "PATH",
      required = true,
      description = "The repository.")
  private Path repository = Path.of("");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    VerificationSummary summary =
        RepositoryVerification.run(
            RepositoryDirectory.open(repository),
            RevlogLimits.defaults(),
            Runtime.getRuntime().availableProcessors(),
            new VerificationListener() {
              @Override
              public void damaged(StoreException fault) {
                err.println(PeerText.line("damaged: " + fault.getMessage()));
              }

              @Override
              public void warned(String message) {
                err.println(PeerText.line("warning: " + message));
              }
            });
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "checked "
            + summary.changesets()
            + " changesets with "
            + summary.fileRevisions()
            + " changes to "
            + summary.files()
            + " files");
    if (summary.faults() > 0) {
      throw new IOException(
          "the repository "
              + repository
              + " is damaged at "
              + summary.faults()
              + (summary.faults() == 1 ? " place" : " places")
              + "; restore it from a copy, or pull it again");
    }
    return 0;
  }
}
