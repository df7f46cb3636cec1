// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.CommandDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a command that were given as {@code NAME=VALUE}, typed as the server declares them.
 * A value of the type bytes is the text itself, or notation if it is in quotes; any other value is
 * diagnostic notation.
 */
final class CallArguments {
  private static final Pattern QUOTED = Pattern.compile("[hb]?'.*'|b\".*\"", Pattern.DOTALL);

  private final Map<String, String> given;

  private CallArguments(Map<String, String> given) {
    this.given = given;
  }

  /**
   * Splits arguments.
   *
   * @throws IllegalArgumentException if one has no name or is given twice
   */
  static CallArguments of(List<String> arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String each : arguments) {
      int equals = each.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("an argument needs NAME=VALUE, not " + each);
      }
      String name = each.substring(0, equals);
      if (given.put(name, each.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("the argument " + name + " is given twice");
      }
    }
    return new CallArguments(given);
  }

  /**
   * Returns the arguments with their types.
   *
   * @param descriptor what the server declares about {@code command}
   * @throws IllegalArgumentException if one is unknown or is not of its type
   */
  CborMap typed(String command, CommandDescriptor descriptor) {
    CborMap.Builder map = CborMap.builder();
    given.forEach(
        (name, text) -> {
          ArgumentDescriptor argument = descriptor.arguments().get(ByteString.utf8(name));
          if (argument == null) {
            throw unknown(command, name, descriptor);
          }
          map.put(name, value(name, text, argument));
        });
    return map.build();
  }

  private static UsageException unknown(String command, String name, CommandDescriptor descriptor) {
    List<String> names = CommandListing.names(descriptor.arguments());
    String problem = "the command " + command + " has no argument \"" + name + "\"";
    return names.isEmpty()
        ? new UsageException(problem + "; it has none", List.of())
        : new UsageException(
            problem + NearestName.hint(name, names) + "; its arguments are:",
            CommandListing.arguments(descriptor));
  }

  private static CborValue value(String name, String text, ArgumentDescriptor argument) {
    ArgumentType type = argument.argumentType();
    if (type == ArgumentType.BYTES && !QUOTED.matcher(text).matches()) {
      return CborBytes.utf8(text);
    }
    CborValue value;
    try {
      value = DiagnosticNotation.parse(text);
    } catch (IllegalArgumentException e) {
      if (type == null) { // a type that only the server knows
        return CborBytes.utf8(text);
      }
      throw wrong(name, text, type, e);
    }
    if (type != null && !type.accepts(value) && !value.equals(argument.defaultValue())) {
      throw wrong(name, text, type, null);
    }
    return value;
  }

  private static IllegalArgumentException wrong(
      String name, String text, ArgumentType type, @Nullable IllegalArgumentException cause) {
    boolean simple = type == ArgumentType.BOOL || type == ArgumentType.INT;
    String detail = cause == null || simple ? "" : ": " + cause.getMessage();
    return new IllegalArgumentException(
        name
            + " is of the type "
            + type.wireName()
            + ", which is given as "
            + form(type)
            + ", not "
            + text
            + detail,
        cause);
  }

  private static String form(ArgumentType type) {
    return switch (type) {
      case BYTES -> "text, or as h'…' or '…'";
      case BOOL -> "true or false";
      case INT -> "a whole number";
      case LIST -> "[…]";
      case SET -> "258([…]) or […]";
      case DICT -> "{…}";
    };
  }
}
