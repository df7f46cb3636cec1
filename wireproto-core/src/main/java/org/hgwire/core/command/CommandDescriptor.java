// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * What a server declares about one of its commands (wireprotocolv2, capabilities, {@code
 * commands}).
 *
 * @param arguments its arguments, by name
 * @param permissions the permissions that it requires: {@link #PULL}, {@link #PUSH}
 * @param extras other keys of the descriptor, such as {@code recommendedbatchsize}
 */
public record CommandDescriptor(
    Map<ByteString, ArgumentDescriptor> arguments, List<ByteString> permissions, CborMap extras) {
  /** The permission to read. */
  public static final ByteString PULL = ByteString.utf8("pull");

  /** The permission to write. */
  public static final ByteString PUSH = ByteString.utf8("push");

  private static final String BATCH_SIZE = "recommendedbatchsize";
  private static final CborBytes ARGS = CborBytes.utf8("args");
  private static final CborBytes PERMISSIONS = CborBytes.utf8("permissions");

  /** Copies the collections. */
  public CommandDescriptor {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    permissions = List.copyOf(permissions);
    for (Entry<CborValue, CborValue> extra : extras.entries()) {
      if (isDefined(extra.getKey())) {
        throw new IllegalArgumentException("args and permissions are not extras");
      }
    }
  }

  /** Returns a descriptor without extras. */
  public static CommandDescriptor of(
      Map<ByteString, ArgumentDescriptor> arguments, List<ByteString> permissions) {
    return new CommandDescriptor(arguments, permissions, CborMap.empty());
  }

  /** Returns a copy of this descriptor with a recommended batch size. */
  public CommandDescriptor withRecommendedBatchSize(long revisions) {
    CborMap.Builder map = CborMap.builder();
    for (Entry<CborValue, CborValue> extra : extras.entries()) {
      if (!extra.getKey().equals(CborBytes.utf8(BATCH_SIZE))) {
        map.put(extra.getKey(), extra.getValue());
      }
    }
    return new CommandDescriptor(arguments, permissions, map.put(BATCH_SIZE, revisions).build());
  }

  /**
   * Returns the number of revisions that the server recommends per request, if it recommends a
   * positive number.
   */
  public OptionalLong recommendedBatchSize() {
    return extras.get(BATCH_SIZE) instanceof CborInteger size
            && !size.negative()
            && size.argument() > 0
        ? OptionalLong.of(size.argument())
        : OptionalLong.empty();
  }

  /**
   * Reads a descriptor; unknown keys become extras.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static CommandDescriptor read(CborValue value) {
    MapReader reader = ValueReader.response("command descriptor").fields(value);
    Map<ByteString, ArgumentDescriptor> arguments = new LinkedHashMap<>();
    ValueReader values = reader.values();
    for (Entry<CborValue, CborValue> argument : reader.map("args").entries()) {
      arguments.put(
          values.bytes(argument.getKey(), "the name of an argument"),
          ArgumentDescriptor.read(argument.getValue()));
    }
    CborMap.Builder extras = CborMap.builder();
    for (Entry<CborValue, CborValue> entry : reader.map().entries()) {
      if (!isDefined(entry.getKey())) {
        extras.put(entry.getKey(), entry.getValue());
      }
    }
    return new CommandDescriptor(
        arguments, reader.optionalByteStrings("permissions"), extras.build());
  }

  private static boolean isDefined(CborValue key) {
    return key.equals(ARGS) || key.equals(PERMISSIONS);
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder args = CborMap.builder();
    arguments.forEach((name, argument) -> args.put(new CborBytes(name), argument.toCbor()));
    CborMap.Builder map =
        CborMap.builder()
            .put(ARGS, args.build())
            .put(PERMISSIONS, CborArray.ofByteStrings(permissions));
    for (Entry<CborValue, CborValue> extra : extras.entries()) {
      map.put(extra.getKey(), extra.getValue());
    }
    return map.build();
  }
}
