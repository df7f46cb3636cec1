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
 * What a server declares about one argument of a command (wireprotocolv2, capabilities, {@code
 * args}).
 *
 * @param type the name of its type, which need not be an {@link ArgumentType}
 * @param required whether it must be sent
 * @param defaultValue the value if it is not sent, or null if none is declared; never with {@code
 *     required}
 * @param validValues the only values, or members of values, that are accepted; null for any
 */
public record ArgumentDescriptor(
    ByteString type,
    boolean required,
    @Nullable CborValue defaultValue,
    @Nullable CborSet validValues) {
  /** Checks that a required argument has no default. */
  public ArgumentDescriptor {
    if (required && defaultValue != null) {
      throw new IllegalArgumentException("a required argument has no default");
    }
  }

  /** Returns a required argument. */
  public static ArgumentDescriptor required(ArgumentType type) {
    return new ArgumentDescriptor(type.wireName(), true, null, null);
  }

  /** Returns an optional argument. */
  public static ArgumentDescriptor optional(ArgumentType type, CborValue defaultValue) {
    return new ArgumentDescriptor(type.wireName(), false, defaultValue, null);
  }

  /** Returns a copy of this argument that accepts only {@code values}. */
  public ArgumentDescriptor withValidValues(List<ByteString> values) {
    return new ArgumentDescriptor(type, required, defaultValue, CborSet.ofByteStrings(values));
  }

  /** Returns the type, or null if its name is unknown. */
  public @Nullable ArgumentType argumentType() {
    return ArgumentType.named(type);
  }

  /**
   * Checks a value against the type and the valid values. The default is always accepted, whatever
   * its type: Mercurial's default for a map is null.
   *
   * @param name the name of the argument, for the message
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if {@code value} is not
   *     acceptable
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
   * Reads a descriptor; a missing {@code required} means false.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
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
      throw reader.fault("validvalues has a member twice, or one that a set cannot have");
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
