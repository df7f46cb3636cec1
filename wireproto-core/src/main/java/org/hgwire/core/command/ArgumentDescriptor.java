// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of one argument of a command (wireprotocolv2, capabilities, {@code args}).
 *
 * @param type the name of its type, which need not be an {@link ArgumentType}
 * @param required whether it must be sent
 * @param defaultValue what holds if it is not sent, null if nothing is said; never with {@code
 *     required}
 * @param validValues the only values, or members of values, that are taken; null for any
 */
public record ArgumentDescriptor(
    ByteString type,
    boolean required,
    @Nullable CborValue defaultValue,
    @Nullable CborSet validValues) {
  /** Checks that nothing required has a default. */
  public ArgumentDescriptor {
    if (required && defaultValue != null) {
      throw new IllegalArgumentException("a required argument has no default");
    }
  }

  /** Returns an argument that must be sent. */
  public static ArgumentDescriptor required(ArgumentType type) {
    return new ArgumentDescriptor(type.wireName(), true, null, null);
  }

  /** Returns an argument that need not be sent. */
  public static ArgumentDescriptor optional(ArgumentType type, CborValue defaultValue) {
    return new ArgumentDescriptor(type.wireName(), false, defaultValue, null);
  }

  /** Returns this argument, restricted to {@code values}. */
  public ArgumentDescriptor withValidValues(List<ByteString> values) {
    return new ArgumentDescriptor(type, required, defaultValue, CborSet.ofByteStrings(values));
  }

  /** Returns the type, or null if its name is not known. */
  public @Nullable ArgumentType argumentType() {
    return ArgumentType.named(type);
  }

  /**
   * Holds a value that was sent against the type and the valid values. The default is always taken,
   * whatever its type: Mercurial's default of a map is null.
   *
   * @param name the name of the argument, for the error
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if it is not one of those
   */
  public void check(ByteString name, CborValue value) {
    if (value.equals(defaultValue)) {
      return;
    }
    ValueReader reader = ValueReader.request("argument " + name.excerpt());
    ArgumentType known = argumentType();
    if (known != null && !known.accepts(value)) {
      throw reader.fault("it is " + value.typeName() + ", not of the type " + type);
    }
    if (validValues != null) {
      for (CborValue member : membersOf(value)) {
        // "If this set is advertised and a value not in this set is specified, the command should
        // result in error."
        if (!validValues.members().contains(member)) {
          throw reader.fault("it holds a value that is not one of the valid values");
        }
      }
    }
  }

  private static List<CborValue> membersOf(CborValue value) {
    if (value instanceof CborSet set) {
      return set.members();
    }
    return value instanceof CborArray array ? array.items() : List.of(value);
  }

  /**
   * Reads a descriptor; a missing {@code required} means that the argument is not.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not a
   *     descriptor
   */
  public static ArgumentDescriptor read(CborValue value) {
    MapReader reader = ValueReader.response("argument descriptor").fields(value);
    boolean required = reader.bool("required", false);
    CborValue valid = reader.optional("validvalues");
    return new ArgumentDescriptor(
        reader.bytes("type"),
        required,
        // "Only present if required is not true."
        required ? null : reader.optional("default"),
        valid == null ? null : validValues(reader, valid));
  }

  private static CborSet validValues(MapReader reader, CborValue valid) {
    List<CborValue> members = reader.values().members(valid, "validvalues");
    try {
      return CborSet.of(members);
    } catch (IllegalArgumentException e) {
      throw reader.fault("validvalues is an array that is no set");
    }
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder map = CborMap.builder().put("type", type).put("required", required);
    if (defaultValue != null) {
      map.put("default", defaultValue);
    }
    if (validValues != null) {
      map.put("validvalues", validValues);
    }
    return map.build();
  }
}
