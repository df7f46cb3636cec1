// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.conformance.suite.ClientSuite;
import org.hgwire.conformance.suite.ClientUnderTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire conformance client}: runs the cases against a client. */
@Command(
    name = "client",
    description =
        "Run the cases against a client: it clones from servers that differ from a right one in one"
            + " thing each. Exits with 1 if a case ends as nobody expected. For example: `hgwire"
            + " conformance client -- hg --config experimental.httppeer.advertise-v2=true clone"
            + " {url} {dir}`.",
    mixinStandardHelpOptions = true)
final class ConformanceClientCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description =
          "What clones everything over version 2 and then exits with 0: {url} stands for the URL,"
              + " {dir} for an empty directory. Follows --.")
  private List<String> words = new ArrayList<>();

  @Mixin private SuiteOptions options = new SuiteOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClientSuite suite = ClientSuite.of(ClientUnderTest.ofCommand(words), options.configured());
    return options.run(suite.profiles(), spec.commandLine().getOut(), suite::run);
  }
}
