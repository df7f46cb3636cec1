// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/** The text of a manifest, whose lines are sorted by path: {@code path NUL node flag}. */
final class ManifestLines {
  private static final int HEX = 2 * Node.BYTES;

  private final Node manifest;
  private final ByteString text;

  ManifestLines(Node manifest, ByteString text) {
    this.manifest = manifest;
    this.text = text;
  }

  /**
   * Returns the node of a path, or null if the manifest does not have it. Looks at as many lines as
   * a binary search does.
   *
   * @throws StoreException if the line of the path is damaged
   */
  @Nullable Node find(ByteString path) throws StoreException {
    int from = 0;
    int to = text.length();
    while (from < to) {
      int line = startOfLine(from, (from + to) >>> 1);
      int order = compare(line, path);
      if (order == 0) {
        return node(line + path.length() + 1);
      }
      int feed = text.indexOf((byte) '\n', line);
      if (order > 0) {
        to = line;
      } else {
        from = feed < 0 ? to : feed + 1;
      }
    }
    return null;
  }

  private int startOfLine(int from, int within) {
    int start = within;
    while (start > from && text.at(start - 1) != '\n') {
      start--;
    }
    return start;
  }

  /** Compares the path of a line, which ends at the first NUL. */
  private int compare(int line, ByteString path) {
    for (int i = 0; i < path.length(); i++) {
      int ours = line + i < text.length() ? text.at(line + i) & 0xff : 0;
      int order = Integer.compare(ours, path.at(i) & 0xff);
      if (order != 0) {
        return order;
      }
    }
    int end = line + path.length();
    return end < text.length() && text.at(end) == 0 ? 0 : 1;
  }

  private Node node(int start) throws StoreException {
    try {
      return Node.fromHex(text.substring(start, Math.min(start + HEX, text.length())).utf8());
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.DAMAGED, "the manifest " + manifest + " has a damaged node", e);
    }
  }
}
