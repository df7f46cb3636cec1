// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code hgwire} command line: serves, calls and inspects Mercurial's wire protocol v2. */
@Command(
    name = "hgwire",
    description =
        "Mercurial's wire protocol v2: serve, call, pull, and inspect what is on the wire.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:success",
      "1:the command failed, or its output cannot be written",
      "2:the arguments are wrong",
      "130:ended by SIGINT",
      "143:ended by SIGTERM, as serve is when it is stopped"
    },
    footerHeading = "%nEnvironment:%n",
    footer = "  " + LoginOptions.PASSWORD + "  the password of basic authentication",
    versionProvider = HgWire.Version.class)
public final class HgWire implements Runnable {
  /** Read when the first logger is made, which is not before a command runs. */
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error, and what the library logs.")
  private boolean debug;

  @Spec private CommandSpec spec;

  private final StandardOutput output;

  private HgWire(StandardOutput output) {
    this.output = output;
  }

  /**
   * Runs one command and exits: 0 if it succeeded, 1 if it failed, 2 if the arguments were wrong.
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // digits are ASCII, also those of libraries
    System.exit(
        run(
            new FileOutputStream(FileDescriptor.out),
            new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8),
            arguments));
  }

  /**
   * Runs one command.
   *
   * @param out standard output, without a buffer
   * @param err standard error
   * @return the exit code
   */
  static int run(OutputStream out, PrintWriter err, String... arguments) {
    HgWire root = new HgWire(new StandardOutput(out));
    try {
      LostCharacters.requireNoneIn(arguments);
    } catch (IllegalArgumentException lost) {
      return root.report(lost, err);
    }
    CommandLine commandLine = new CommandLine(root);
    Subcommands.addTo(commandLine, arguments);
    return root.configured(commandLine).setErr(err).execute(arguments);
  }

  /** Returns standard output, for commands that write bytes. */
  StandardOutput output() {
    return output;
  }

  private CommandLine configured(CommandLine unconfigured) {
    return unconfigured
        .setOut(output.text())
        .setExecutionStrategy(this::execute)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (fault, commandLine, parsed) -> failed(fault, commandLine.getErr()))
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

  /** Prints what the command has printed until it failed, and then why it failed. */
  private int failed(Exception fault, PrintWriter err) {
    try {
      output.text().flush();
    } catch (OutputLostException lost) {
      fault.addSuppressed(lost);
    }
    return report(fault, err);
  }

  private int report(Exception fault, PrintWriter err) {
    Failure failure = Failure.of(fault);
    err.println("hgwire: " + failure.message());
    failure.help().forEach(err::println);
    if (debug) {
      fault.printStackTrace(err);
    }
    err.flush();
    return failure.exitCode();
  }

  private int execute(ParseResult parsed) {
    if (debug) {
      System.setProperty(LOG_LEVEL, "debug");
    }
    try {
      int exitCode = new RunLast().execute(parsed);
      output.text().flush();
      return exitCode;
    } catch (OutputLostException lost) { // by --help and --version, which are not commands
      return report(lost, spec.commandLine().getErr());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Returns the version in the manifest of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = HgWire.class.getPackage().getImplementationVersion();
      return new String[] {"hgwire " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
