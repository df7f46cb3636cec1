// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a map by key and type. A required field that is missing, and a field of
 * another type, is a fault of the peer, reported as {@link ValueReader} does. Fields that are not
 * read are ignored.
 *
 * @param map the map
 * @param values the reader of its values
 */
public record MapReader(CborMap map, ValueReader values) {
  /** Returns an exception that says {@code fault} about the map. */
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

  /** Reads a byte string. */
  public ByteString bytes(String key) {
    return values.bytes(required(key), key);
  }

  /** Reads a byte string; returns null if the field is missing. */
  public @Nullable ByteString optionalBytes(String key) {
    CborValue value = optional(key);
    return value == null ? null : values.bytes(value, key);
  }

  /** Reads an integer that fits in a {@code long}. */
  public long integer(String key) {
    return values.integer(required(key), key);
  }

  /** Reads an integer from 0 to 2<sup>63</sup> - 1. */
  public long unsigned(String key) {
    return values.unsigned(required(key), key);
  }

  /** Reads false or true; returns {@code otherwise} if the field is missing. */
  public boolean bool(String key, boolean otherwise) {
    CborValue value = optional(key);
    return value == null ? otherwise : values.bool(value, key);
  }

  /** Reads a map. */
  public CborMap map(String key) {
    return values.map(required(key), key);
  }

  /** Reads an array. */
  public List<CborValue> array(String key) {
    return values.array(required(key), key);
  }

  /** Reads an array; a missing field is read as an empty one. */
  public List<CborValue> optionalArray(String key) {
    CborValue value = optional(key);
    return value == null ? List.of() : values.array(value, key);
  }

  /** Reads an array of byte strings. */
  public List<ByteString> byteStrings(String key) {
    return values.byteStrings(required(key), key);
  }

  /** Reads a set of byte strings, or an array in its place. */
  public List<ByteString> byteStringSet(String key) {
    return values.byteStringSet(required(key), key);
  }

  /**
   * Reads a set of byte strings, or an array in its place; a missing field is read as an empty one.
   */
  public List<ByteString> optionalByteStringSet(String key) {
    CborValue value = optional(key);
    return value == null ? List.of() : values.byteStringSet(value, key);
  }

  /** Reads an array of byte strings; a missing field is read as an empty one. */
  public List<ByteString> optionalByteStrings(String key) {
    CborValue value = optional(key);
    return value == null ? List.of() : values.byteStrings(value, key);
  }
}
