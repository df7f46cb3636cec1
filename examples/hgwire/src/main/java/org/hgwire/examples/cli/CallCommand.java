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
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.message.CommandRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire call}: one command, and the objects of its response. */
@Command(
    name = "call",
    description = "Run one command and print each object of its response on a line.",
    mixinStandardHelpOptions = true)
final class CallCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = ConnectOptions.URL)
  private String url = "";

  @Mixin private ConnectOptions connection;

  @Parameters(index = "1", paramLabel = "COMMAND", description = "The command, such as heads.")
  private String command = "";

  @Parameters(
      index = "2..*",
      paramLabel = "NAME=VALUE",
      description =
          "Its arguments. A VALUE is read as CBOR diagnostic notation if it is that, else as"
              + " bytes: key=tip, publiconly=true, nodes=[h'…'].")
  private List<String> arguments = List.of();

  @Option(
      names = "--json",
      description = "Print JSON; byte strings are text if printable, else hexadecimal.")
  private boolean json;

  @Option(
      names = "--frames",
      description =
          "Print the frames as well, in text notation, after '> ' if sent and '< ' if received.")
  private boolean frames;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandRequest request = CommandRequest.of(command, arguments());
    PrintWriter out = spec.commandLine().getOut();
    ExchangeListener listener = frames ? new FramePrinter(out) : ExchangeListener.NONE;
    ObjectPrinter printer = json ? new JsonPrinter(out) : new DiagnosticObjectPrinter(out);
    try (Peer peer = connection.connect(url, listener);
        CommandResponse response = peer.call(request)) {
      for (ResponseObject object = response.next(); object != null; object = response.next()) {
        printer.print(object);
      }
    } finally {
      out.flush();
    }
    return 0;
  }

  private CborMap arguments() {
    CborMap.Builder map = CborMap.builder();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("an argument needs NAME=VALUE, not " + argument);
      }
      map.put(argument.substring(0, equals), value(argument.substring(equals + 1)));
    }
    return map.build();
  }

  private static CborValue value(String text) {
    try {
      return DiagnosticNotation.parse(text);
    } catch (IllegalArgumentException e) {
      return CborBytes.utf8(text);
    }
  }
}
