// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Locale;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * The type of a command's argument, with the name that Mercurial's server advertises
 * (wireprotocolv2, capabilities, {@code type}).
 */
public enum ArgumentType {
  /** A byte string. */
  BYTES,
  /** A boolean. */
  BOOL,
  /** An integer. */
  INT,
  /** An array. */
  LIST,
  /** A set, or an array in its place. */
  SET,
  /** A map. */
  DICT;

  /** Returns the name on the wire. */
  public ByteString wireName() {
    return ByteString.utf8(name().toLowerCase(Locale.ROOT));
  }

  /** Returns the type with that name, or null if it is unknown. */
  public static @Nullable ArgumentType named(ByteString wireName) {
    for (ArgumentType type : values()) {
      if (type.wireName().equals(wireName)) {
        return type;
      }
    }
    return null;
  }

  /** Returns whether {@code value} is of this type. */
  public boolean accepts(CborValue value) {
    return switch (this) {
      case BYTES -> value instanceof CborBytes;
      case BOOL -> value instanceof CborBoolean;
      case INT -> value instanceof CborInteger;
      case LIST -> value instanceof CborArray;
      case SET -> value instanceof CborSet || value instanceof CborArray;
      case DICT -> value instanceof CborMap;
    };
  }
}
