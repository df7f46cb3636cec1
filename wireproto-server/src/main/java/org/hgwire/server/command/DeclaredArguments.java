// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;

/** Checks the arguments of a request against the declaration of a command. */
final class DeclaredArguments {
  private DeclaredArguments() {}

  /**
   * Returns the arguments, with the defaults of absent ones.
   *
   * @throws CommandException if one is unknown, missing, of the wrong type or not one of the valid
   *     values
   */
  static CborMap check(
      String command, Map<ByteString, ArgumentDescriptor> arguments, CborMap sent) {
    CborMap.Builder checked = CborMap.builder();
    for (Entry<CborValue, CborValue> argument : sent.entries()) {
      ByteString name =
          argument.getKey() instanceof CborBytes bytes ? bytes.value() : ByteString.empty();
      ArgumentDescriptor declared = arguments.get(name);
      if (declared == null) {
        throw new CommandException(
            "the command " + command + " has no argument \"" + name.excerpt() + "\"");
      }
      checkValue(command, name, declared, argument.getValue());
      checked.put(argument.getKey(), argument.getValue());
    }
    checkComplete(command, arguments, sent);
    arguments.forEach(
        (name, declared) -> {
          CborBytes key = new CborBytes(name);
          if (sent.get(key) == null && declared.defaultValue() != null) {
            checked.put(key, declared.defaultValue());
          }
        });
    return checked.build();
  }

  private static void checkValue(
      String command, ByteString argument, ArgumentDescriptor declared, CborValue value) {
    try {
      declared.check(argument, value);
    } catch (WireProtocolException e) {
      throw new CommandException("command " + command + ", " + e.getMessage());
    }
  }

  private static void checkComplete(
      String command, Map<ByteString, ArgumentDescriptor> arguments, CborMap sent) {
    TreeSet<ByteString> missing = new TreeSet<>();
    arguments.forEach(
        (argument, declared) -> {
          if (declared.required() && sent.get(new CborBytes(argument)) == null) {
            missing.add(argument);
          }
        });
    if (!missing.isEmpty()) {
      // "Failure to send required arguments will result in an error executing the command."
      throw new CommandException(
          "the command " + command + " lacks required arguments: " + missing.toString());
    }
  }
}
