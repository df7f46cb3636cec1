// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import org.hgwire.conformance.suite.ServerSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire conformance server}: runs the cases against a server. */
@Command(
    name = "server",
    description =
        "Run the cases against a server. It best serves the known repository, which `hgwire"
            + " conformance repository` makes; with another one, cases that know it are skipped."
            + " Exits with 1 if a case ends as nobody expected.",
    mixinStandardHelpOptions = true)
final class ConformanceServerCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = "The URL of a repository.")
  private URI url = URI.create("");

  @Mixin private SuiteOptions options = new SuiteOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerSuite suite = ServerSuite.connect(url, options.configured());
    PrintWriter out = spec.commandLine().getOut();
    if (!suite.isKnownRepository()) {
      out.println(
          "The server does not serve the known repository: cases that know it are skipped.");
    }
    return options.run(suite.profiles(), out, suite::run);
  }
}
