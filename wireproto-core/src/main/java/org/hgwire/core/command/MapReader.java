// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/** Takes the values of a map by key and type, and blames the peer for what is missing or wrong. */
final class MapReader {
  private final CborMap map;
  private final ValueReader values;

  private MapReader(CborMap map, ValueReader values) {
    this.map = map;
    this.values = values;
  }

  /** Reads the arguments of {@code command}, of which there may be none but {@code known}. */
  static MapReader arguments(CborMap arguments, String command, String... known) {
    ValueReader values = new ValueReader(WireErrorCode.BAD_REQUEST, command);
    Set<String> names = Set.of(known);
    for (Entry<CborValue, CborValue> entry : arguments.entries()) {
      ByteString name = values.bytes(entry.getKey(), "the name of an argument");
      if (!names.contains(name.utf8())) {
        throw values.fault("there is no argument " + ValueReader.quote(name));
      }
    }
    return new MapReader(arguments, values);
  }

  /** Reads a map inside of arguments. */
  static MapReader request(CborValue value, String where) {
    return of(value, new ValueReader(WireErrorCode.BAD_REQUEST, where));
  }

  /** Reads a map of a response; keys that nobody asks for are passed over. */
  static MapReader response(CborValue value, String where) {
    return of(value, new ValueReader(WireErrorCode.BAD_RESPONSE, where));
  }

  private static MapReader of(CborValue value, ValueReader values) {
    return new MapReader(values.map(value, "it"), values);
  }

  ValueReader values() {
    return values;
  }

  CborMap map() {
    return map;
  }

  WireProtocolException fault(String what) {
    return values.fault(what);
  }

  @Nullable CborValue optional(String key) {
    return map.get(new CborBytes(ByteString.utf8(key)));
  }

  CborValue required(String key) {
    CborValue value = optional(key);
    if (value == null) {
      throw fault(key + " is missing");
    }
    return value;
  }

  ByteString bytes(String key) {
    return values.bytes(required(key), key);
  }

  long unsigned(String key) {
    return values.unsigned(required(key), key);
  }

  boolean bool(String key, boolean otherwise) {
    CborValue value = optional(key);
    return value == null ? otherwise : values.bool(value, key);
  }

  Node node(String key) {
    return values.node(required(key), key);
  }

  @Nullable Node optionalNode(String key) {
    CborValue value = optional(key);
    return value == null ? null : values.node(value, key);
  }

  List<Node> nodes(String key) {
    return values.nodes(required(key), key);
  }

  List<ByteString> byteStrings(String key) {
    return values.byteStrings(required(key), key);
  }

  /** Takes byte strings; a missing key is an empty list. */
  List<ByteString> optionalByteStrings(String key) {
    CborValue value = optional(key);
    return value == null ? List.of() : values.byteStrings(value, key);
  }
}
