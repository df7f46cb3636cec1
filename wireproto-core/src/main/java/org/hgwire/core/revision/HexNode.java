// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;
import org.hgwire.core.command.Node;

/** Nodes in texts: 40 digits in lower case. */
final class HexNode {
  private HexNode() {}

  /** Reads a node at {@code index} of {@code text}; 40 bytes must be available. */
  static Node parse(ByteBuffer text, int index) {
    return new Node(
        word(text, index, 16), word(text, index + 16, 16), (int) word(text, index + 32, 8));
  }

  /** Writes the 40 digits of {@code node} at the position of {@code output}. */
  static void write(Node node, ByteBuffer output) {
    digits(node.high(), 60, output);
    digits(node.middle(), 60, output);
    digits(node.low(), 28, output);
  }

  private static long word(ByteBuffer text, int index, int digits) {
    long word = 0;
    for (int i = index; i < index + digits; i++) {
      word = word << 4 | digit(text.get(i));
    }
    return word;
  }

  private static int digit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    if (b >= 'a' && b <= 'f') {
      return b - 'a' + 10;
    }
    throw RevisionFault.malformed("a node in a text is not 40 digits in lower-case hexadecimal");
  }

  private static void digits(long word, int shift, ByteBuffer output) {
    for (int s = shift; s >= 0; s -= 4) {
      output.put((byte) "0123456789abcdef".charAt((int) (word >>> s) & 0xf));
    }
  }
}
