// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.ServerCapabilities;

/** The commands of a server, as it declares them. */
final class CommandListing {
  private CommandListing() {}

  /**
   * Prints each command with its permissions on a line, and below it each argument with its type,
   * its default and its valid values.
   */
  static void print(ServerCapabilities capabilities, PrintWriter out) {
    capabilities
        .commands()
        .forEach(
            (name, command) -> {
              out.println(name.excerpt() + " (" + joined(command.permissions()) + ")");
              arguments(command).forEach(out::println);
            });
  }

  /** Returns the commands as the server sent them: the map {@code commands} of capabilities. */
  static CborMap toCbor(ServerCapabilities capabilities) {
    CborMap.Builder map = CborMap.builder();
    capabilities.commands().forEach((name, each) -> map.put(new CborBytes(name), each.toCbor()));
    return map.build();
  }

  /** Returns names, made safe to show. */
  static List<String> names(Map<ByteString, ?> named) {
    return named.keySet().stream().map(ByteString::excerpt).toList();
  }

  /** Returns a line for each argument of a command. */
  static List<String> arguments(CommandDescriptor command) {
    List<String> lines = new ArrayList<>();
    command
        .arguments()
        .forEach(
            (name, argument) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-12s %-6s %s",
                        name.excerpt(),
                        argument.type().excerpt(),
                        details(argument))));
    return lines;
  }

  private static String details(ArgumentDescriptor argument) {
    List<String> details = new ArrayList<>();
    CborValue absent = argument.defaultValue();
    details.add(
        argument.required() ? "required" : absent == null ? "optional" : "default " + show(absent));
    CborSet valid = argument.validValues();
    if (valid != null) {
      details.add(
          "of " + String.join(", ", valid.members().stream().map(CommandListing::show).toList()));
    }
    return String.join(", ", details);
  }

  private static String show(CborValue value) {
    return value instanceof CborBytes bytes
        ? bytes.value().excerpt()
        : DiagnosticNotation.print(value);
  }

  private static String joined(Collection<ByteString> names) {
    return names.isEmpty()
        ? "no permission"
        : String.join(", ", names.stream().map(ByteString::excerpt).toList());
  }
}
