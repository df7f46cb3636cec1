// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/** Values of CBOR as JSON: what JSON lacks is an object with one key, bytes, map or set. */
final class CborJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CborJson() {}

  static JsonNode of(CborValue value) {
    if (value instanceof CborInteger integer) {
      return JSON.numberNode(new BigInteger(integer.toString()));
    }
    if (value instanceof CborBoolean bool) {
      return JSON.booleanNode(bool.value());
    }
    if (value instanceof CborBytes bytes) {
      return JSON.objectNode().put("bytes", bytes.value().hex());
    }
    if (value instanceof CborArray array) {
      return items(array.items());
    }
    if (value instanceof CborSet set) {
      ObjectNode node = JSON.objectNode();
      node.set("set", items(set.members()));
      return node;
    }
    if (value instanceof CborMap map) {
      ObjectNode node = JSON.objectNode();
      ArrayNode entries = node.putArray("map");
      map.entries()
          .forEach(entry -> entries.addArray().add(of(entry.getKey())).add(of(entry.getValue())));
      return node;
    }
    return JSON.nullNode();
  }

  private static ArrayNode items(Iterable<CborValue> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(value -> array.add(of(value)));
    return array;
  }

  /** Returns the strings of protocol fields that are text. */
  static ArrayNode texts(Iterable<ByteString> strings) {
    ArrayNode array = JSON.arrayNode();
    strings.forEach(string -> array.add(string.utf8()));
    return array;
  }

  static String hex(ByteBuffer bytes) {
    return ByteString.copyOf(bytes).hex();
  }
}
