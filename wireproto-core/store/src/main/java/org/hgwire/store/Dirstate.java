// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/** The state of a working directory, as far as its parents. */
public final class Dirstate {
  private static final ByteString DOCKET = ByteString.utf8("dirstate-v2\n");

  /** The bytes that a docket has for a node; a node of SHA-1 is followed by zeros. */
  private static final int DOCKET_NODE = 32;

  private Dirstate() {}

  /**
   * Reads the parents of the working directory: the first 40 bytes of a dirstate, or those after
   * the marker of version 2 ({@code hg help internals.dirstate-v2}).
   *
   * @return none to two nodes; none if there is no such file
   * @throws IOException if it cannot be read
   */
  public static List<Node> parents(Path file) throws IOException {
    try (InputStream input = StoreFile.open(file)) {
      if (input == null) {
        return List.of();
      }
      ByteBuffer start = ByteBuffer.wrap(input.readNBytes(DOCKET.length() + 2 * DOCKET_NODE));
      boolean docket = ByteString.copyOf(start).startsWith(DOCKET);
      int first = docket ? DOCKET.length() : 0;
      int second = first + (docket ? DOCKET_NODE : Node.BYTES);
      if (start.capacity() < second + Node.BYTES) {
        return List.of();
      }
      return Stream.of(first, second)
          .map(offset -> Node.read(start.position(offset)))
          .filter(node -> !node.isNull())
          .toList();
    }
  }
}
