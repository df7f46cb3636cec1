// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.ResponseObject;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.message.CommandRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire call}: one command, and the objects of its response. */
@Command(
    name = "call",
    description = {
      "Run one command and print each object of its response on a line.",
      "Without COMMAND, list the commands of the server with their permissions, and their"
          + " arguments with types and defaults."
    },
    mixinStandardHelpOptions = true)
final class CallCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = ConnectOptions.URL)
  private String url = "";

  @Mixin private ConnectOptions connection;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command, such as heads.")
  private @Nullable String command;

  @Parameters(
      index = "2..*",
      paramLabel = "NAME=VALUE",
      description =
          "Its arguments, typed as the server declares them. A VALUE of the type bytes is the text"
              + " itself, or in quotes: key=tip, key=92498, key=h'ff00', key='text'. Any other is"
              + " CBOR diagnostic notation: publiconly=true, nodes=[h'…'], fields=['parents'].")
  private List<String> arguments = List.of();

  @Option(
      names = "--json",
      description =
          "Print JSON: byte strings are text if they are UTF-8, else hex: and hexadecimal digits.")
  private boolean json;

  @Option(
      names = "--frames",
      description =
          "Print the frames as well, in text notation, after '> ' if sent and '< ' if received;"
              + " below an encoded frame each value in it, decoded.")
  private boolean frames;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CallArguments given = CallArguments.of(arguments);
    PrintWriter out = spec.commandLine().getOut();
    ExchangeListener listener =
        frames ? new FramePrinter(out, connection.limits()) : ExchangeListener.NONE;
    try (Peer peer = connection.connect(url, listener)) {
      if (command == null) {
        list(peer.capabilities(), out);
      } else {
        call(peer, request(peer.capabilities(), command, given), out);
      }
    } finally {
      out.flush();
    }
    return 0;
  }

  private void list(ServerCapabilities capabilities, PrintWriter out) {
    if (json) {
      CommandListing.toCbor(capabilities).accept(new JsonWriter(out));
      out.println();
    } else {
      CommandListing.print(capabilities, out);
    }
  }

  private static CommandRequest request(
      ServerCapabilities capabilities, String name, CallArguments given) {
    CommandDescriptor descriptor = capabilities.command(name);
    if (descriptor == null) {
      List<String> names = CommandListing.names(capabilities.commands());
      throw new UsageException(
          "the server has no command \""
              + name
              + "\""
              + NearestName.hint(name, names)
              + "; its commands are:",
          names.stream().map(each -> "  " + each).toList());
    }
    return CommandRequest.of(name, given.typed(name, descriptor));
  }

  private void call(Peer peer, CommandRequest request, PrintWriter out) throws IOException {
    ObjectPrinter printer =
        json ? new JsonPrinter(out, connection.temporary(null)) : new DiagnosticObjectPrinter(out);
    try (CommandResponse response = peer.call(request)) {
      for (ResponseObject object = response.next(); object != null; object = response.next()) {
        printer.print(object);
      }
    }
  }
}
