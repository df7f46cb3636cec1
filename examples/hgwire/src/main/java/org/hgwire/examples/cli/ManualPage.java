// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of a command and all its subcommands, in the macros of man(7). */
final class ManualPage {
  private final StringBuilder page = new StringBuilder();

  private ManualPage() {}

  /** Returns the page of a command; it has no date, so that equal builds have equal pages. */
  static String of(CommandSpec root) {
    ManualPage manual = new ManualPage();
    manual.write(root);
    return manual.page.toString();
  }

  private void write(CommandSpec root) {
    UsageMessageSpec usage = root.usageMessage();
    String name = root.name();
    macro("TH", name.toUpperCase(Locale.ROOT), "1", "", root.version()[0], "User Commands");
    macro("SH", "NAME");
    text(name + " - " + usage.description()[0]);
    macro("SH", "SYNOPSIS");
    String before = "";
    for (CommandSpec command : leaves(root)) {
      page.append(before);
      synopsis(command);
      before = ".br\n";
    }
    macro("SH", "OPTIONS");
    text("Every command has these options:");
    root.options().forEach(this::option);
    macro("SH", "COMMANDS");
    leaves(root).forEach(this::command);
    macro("SH", "EXIT STATUS");
    usage.exitCodeList().forEach((code, meaning) -> item(bold(code.strip()), meaning));
    macro("SH", "ENVIRONMENT");
    for (String line : usage.footer()) {
      String[] parts = line.strip().split("\\s+", 2);
      item(bold(parts[0]), parts[1]);
    }
    macro("SH", "SEE ALSO");
    text("hg(1)");
  }

  /** Returns the commands that do something: those without subcommands. */
  private static List<CommandSpec> leaves(CommandSpec command) {
    List<CommandSpec> leaves = new ArrayList<>();
    command
        .subcommands()
        .forEach(
            (name, each) -> {
              List<CommandSpec> below = leaves(each.getCommandSpec());
              leaves.addAll(below.isEmpty() ? List.of(each.getCommandSpec()) : below);
            });
    return leaves;
  }

  private void synopsis(CommandSpec command) {
    String parameters =
        command.positionalParameters().stream()
            .map(ManualPage::synopsis)
            .collect(Collectors.joining());
    page.append(bold(command.qualifiedName()))
        .append(" [")
        .append(italic("OPTION"))
        .append("]...")
        .append(parameters)
        .append('\n');
  }

  private static String synopsis(PositionalParamSpec parameter) {
    String label = italic(parameter.paramLabel());
    if (parameter.arity().min() > 0) {
      return " " + label;
    }
    return " [" + label + "]" + (parameter.type().isAssignableFrom(List.class) ? "..." : "");
  }

  private void command(CommandSpec command) {
    macro("SS", command.qualifiedName());
    String[] description = command.usageMessage().description();
    for (int i = 0; i < description.length; i++) {
      if (i > 0) {
        page.append(".PP\n");
      }
      text(description[i]);
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      item(italic(parameter.paramLabel()), String.join(" ", parameter.description()));
    }
    for (OptionSpec option : command.options()) {
      if (!option.inherited() && !option.usageHelp() && !option.versionHelp()) {
        option(option);
      }
    }
  }

  private void option(OptionSpec option) {
    if (option.hidden()) {
      return;
    }
    String names =
        List.of(option.names()).stream().map(ManualPage::bold).collect(Collectors.joining(", "));
    item(names + value(option), String.join(" ", option.description()));
  }

  private static String value(ArgSpec option) {
    return option.arity().max() == 0 ? "" : " " + italic(option.paramLabel());
  }

  private void item(String term, String description) {
    page.append(".TP\n").append(term).append('\n');
    text(description);
  }

  private void text(String text) {
    page.append(escape(text)).append('\n');
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escape(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private static String bold(String text) {
    return "\\fB" + escape(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escape(text) + "\\fR";
  }

  /** Returns text that a formatter prints as it is, whatever its encoding. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    if (text.startsWith(".")) {
      escaped.append("\\&");
    }
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                default -> {
                  if (point < 0x80) {
                    escaped.append((char) point);
                  } else {
                    escaped.append(String.format(Locale.ROOT, "\\[u%04X]", point));
                  }
                }
              }
            });
    return escaped.toString();
  }
}
