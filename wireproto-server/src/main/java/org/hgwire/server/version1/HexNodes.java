// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/** Lists of nodes in text: in hexadecimal, separated by spaces. */
final class HexNodes {
  private static final int DIGITS = 2 * Node.BYTES;

  private HexNodes() {}

  /**
   * Reads a list, which may be empty.
   *
   * @param argument the name of the argument that has it
   * @throws MalformedArgumentsException if it is malformed
   */
  static List<Node> read(String argument, ByteString list) {
    int length = list.length();
    List<Node> nodes = new ArrayList<>((length + 1) / (DIGITS + 1));
    byte[] node = new byte[Node.BYTES];
    for (int from = 0; from < length; from += DIGITS + 1) {
      boolean separated = from + DIGITS == length || at(list, from + DIGITS) == ' ';
      for (int i = 0; i < Node.BYTES; i++) {
        int high = Character.digit(at(list, from + 2 * i), 16);
        int low = Character.digit(at(list, from + 2 * i + 1), 16);
        if (high < 0 || low < 0 || !separated) {
          throw new MalformedArgumentsException(
              "the argument \"" + argument + "\" is not a list of nodes in 40 hexadecimal digits");
        }
        node[i] = (byte) (high << 4 | low);
      }
      nodes.add(Node.read(ByteBuffer.wrap(node)));
    }
    return nodes;
  }

  private static int at(ByteString text, int index) {
    return index < text.length() ? text.at(index) : 0;
  }

  /** Writes a list. */
  static ByteString write(List<Node> nodes) {
    StringBuilder text = new StringBuilder(nodes.size() * (DIGITS + 1));
    for (Node node : nodes) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(node.hex());
    }
    return ByteString.utf8(text.toString());
  }
}
