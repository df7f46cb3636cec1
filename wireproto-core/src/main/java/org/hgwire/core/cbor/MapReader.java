// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of a map by key and type; a missing one that is required, or one of another
 * type, is the peer's fault, as {@link ValueReader} says it. Fields that nobody asks for are passed
 * over.
 *
 * @param map the map
 * @param values the reader of its values
 */
public record MapReader(CborMap map, ValueReader values) {
  /** Returns the error that says {@code fault} of the map. */
  public WireProtocolException fault(String fault) {
    return values.fault(fault);
  }

  /** Returns a field, or null if it is missing. */
  public @Nullable CborValue optional(String key) {
    return map.get(key);
  }

  /** Returns a field that must be there. */
  public CborValue required(String key) {
    CborValue value = map.get(key);
    if (value == null) {
      throw fault(key + " is missing");
    }
    return value;
  }

  /** Takes a byte string. */
  public ByteString bytes(String key) {
    return values.bytes(required(key), key);
  }

  /** Takes a byte string; returns null if the field is missing. */
  public @Nullable ByteString optionalBytes(String key) {
    CborValue value = optional(key);
    return value == null ? null : values.bytes(value, key);
  }

  /** Takes an integer that 64 signed bits hold. */
  public long integer(String key) {
    return values.integer(required(key), key);
  }

  /** Takes an integer that is not negative and that 63 bits hold. */
  public long unsigned(String key) {
    return values.unsigned(required(key), key);
  }

  /** Takes false or true; returns {@code otherwise} if the field is missing. */
  public boolean bool(String key, boolean otherwise) {
    CborValue value = optional(key);
    return value == null ? otherwise : values.bool(value, key);
  }

  /** Takes a map. */
  public CborMap map(String key) {
    return values.map(required(key), key);
  }

  /** Takes an array. */
  public List<CborValue> array(String key) {
    return values.array(required(key), key);
  }

  /** Takes an array; a missing field is an empty one. */
  public List<CborValue> optionalArray(String key) {
    CborValue value = optional(key);
    return value == null ? List.of() : values.array(value, key);
  }

  /** Takes an array of byte strings. */
  public List<ByteString> byteStrings(String key) {
    return values.byteStrings(required(key), key);
  }

  /** Takes a set of byte strings, or an array in its place. */
  public List<ByteString> byteStringSet(String key) {
    return values.byteStringSet(required(key), key);
  }

  /** Takes a set of byte strings, or an array in its place; a missing field is an empty one. */
  public List<ByteString> optionalByteStringSet(String key) {
    CborValue value = optional(key);
    return value == null ? List.of() : values.byteStringSet(value, key);
  }

  /** Takes an array of byte strings; a missing field is an empty one. */
  public List<ByteString> optionalByteStrings(String key) {
    CborValue value = optional(key);
    return value == null ? List.of() : values.byteStrings(value, key);
  }
}
