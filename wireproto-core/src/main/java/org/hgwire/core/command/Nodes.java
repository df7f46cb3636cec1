// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/** Nodes in CBOR: one byte string each. */
final class Nodes {
  private Nodes() {}

  static Node readOne(ValueReader values, CborValue value, String name) {
    ByteString bytes = values.bytes(value, name);
    if (bytes.length() != Node.BYTES) {
      throw values.fault(name + " holds a node of " + bytes.length() + " bytes, not 20");
    }
    return Node.of(bytes);
  }

  static Node readOne(MapReader map, String key) {
    return readOne(map.values(), map.required(key), key);
  }

  static @Nullable Node readOptional(MapReader map, String key) {
    CborValue value = map.optional(key);
    return value == null ? null : readOne(map.values(), value, key);
  }

  static List<Node> read(ValueReader values, CborValue value, String name) {
    List<CborValue> items = values.array(value, name);
    List<Node> nodes = new ArrayList<>(items.size());
    for (CborValue item : items) {
      nodes.add(readOne(values, item, name));
    }
    return nodes;
  }

  static List<Node> read(MapReader map, String key) {
    return read(map.values(), map.required(key), key);
  }

  static CborArray toCbor(Collection<Node> nodes) {
    List<CborValue> items = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      items.add(new CborBytes(node.toByteString()));
    }
    return new CborArray(items);
  }
}
