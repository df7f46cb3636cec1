// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.jspecify.annotations.Nullable;

/**
 * The two parents of a revision; {@link Node#NULL} where there is none.
 *
 * @param first the first parent
 * @param second the second parent
 */
public record Parents(Node first, Node second) {
  private static final CborBytes KEY = CborBytes.utf8("parents");

  /** The parents of a root. */
  public static final Parents NONE = new Parents(Node.NULL, Node.NULL);

  /** Returns the parents of a revision with one. */
  public static Parents of(Node first) {
    return new Parents(first, Node.NULL);
  }

  /** Returns the parents that are not null, in order. */
  public List<Node> present() {
    if (first.isNull()) {
      return second.isNull() ? List.of() : List.of(second);
    }
    return second.isNull() ? List.of(first) : List.of(first, second);
  }

  /** Reads {@code parents}: Mercurial always sends two nodes; fewer are accepted. */
  static @Nullable Parents read(MapReader record) {
    CborValue value = record.optional("parents");
    if (value == null) {
      return null;
    }
    List<Node> nodes = Nodes.read(record.values(), value, "parents");
    if (nodes.size() > 2) {
      throw record.fault("parents holds " + nodes.size() + " nodes, not two");
    }
    return new Parents(
        nodes.isEmpty() ? Node.NULL : nodes.get(0), nodes.size() < 2 ? Node.NULL : nodes.get(1));
  }

  static void put(CborMap.Builder record, @Nullable Parents parents) {
    if (parents != null) {
      record.put(KEY, CborArray.of(parents.first.toCbor(), parents.second.toCbor()));
    }
  }
}
