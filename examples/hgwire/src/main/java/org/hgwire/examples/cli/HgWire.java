// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code hgwire} command line: Mercurial's wire protocol v2 for people who look at it closely.
 */
@Command(
    name = "hgwire",
    description =
        "Mercurial's wire protocol v2: serve, call, pull, and look at what is on the wire.",
    mixinStandardHelpOptions = true,
    version = "hgwire 0.1.0-SNAPSHOT",
    subcommands = {CallCommand.class, CborCommand.class, FramesCommand.class, PullCommand.class})
public final class HgWire implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error, and what the library logs.")
  private boolean debug;

  @Spec private CommandSpec spec;

  /**
   * Runs one command and exits: 0 if it succeeded, 1 if it failed, 2 if the arguments were wrong.
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Returns the command line, ready to execute. */
  static CommandLine commandLine() {
    HgWire root = new HgWire();
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (fault, commandLine, parsed) -> {
              Failure failure = Failure.of(fault);
              commandLine.getErr().println("hgwire: " + failure.message());
              if (root.debug) {
                fault.printStackTrace(commandLine.getErr());
              }
              commandLine.getErr().flush();
              return failure.exitCode();
            })
        .setParameterExceptionHandler(
            (fault, arguments) -> {
              CommandLine commandLine = fault.getCommandLine();
              commandLine
                  .getErr()
                  .println(
                      "hgwire: "
                          + Failure.firstLine(fault.getMessage())
                          + "; see "
                          + commandLine.getCommandSpec().qualifiedName()
                          + " --help");
              commandLine.getErr().flush();
              return commandLine.getCommandSpec().exitCodeOnInvalidInput();
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
