// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hgwire conformance}: checks other implementations against the protocol. */
@Command(
    name = "conformance",
    description = "Check a server or a client of the wire protocol against its rules.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ConformanceListCommand.class,
      ConformanceServerCommand.class,
      ConformanceClientCommand.class,
      ConformanceReportCommand.class,
      ConformanceRepositoryCommand.class,
      ConformanceVectorsCommand.class
    })
final class ConformanceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "list, server, client, report, repository or vectors is missing");
  }
}
