// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/** Makes the arrays and sets that arguments and responses hold. */
final class CborLists {
  private CborLists() {}

  static CborArray ofNodes(Collection<Node> nodes) {
    List<CborValue> items = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      items.add(new CborBytes(node.toByteString()));
    }
    return new CborArray(items);
  }

  static CborArray ofStrings(Collection<ByteString> strings) {
    return new CborArray(values(strings));
  }

  static CborSet setOfStrings(Collection<ByteString> strings) {
    return CborSet.of(values(strings));
  }

  private static List<CborValue> values(Collection<ByteString> strings) {
    List<CborValue> items = new ArrayList<>(strings.size());
    for (ByteString string : strings) {
      items.add(new CborBytes(string));
    }
    return items;
  }
}
