// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Files that give names to changesets, one a line: the node in hexadecimal, a space, the name.
 * {@code bookmarks}, {@code localtags} and the tracked {@code .hgtags} have this form.
 */
public final class NodeNames {
  private static final int HEX = 2 * Node.BYTES;

  private NodeNames() {}

  /**
   * Reads bookmarks, divergent ones among them. Their changesets need not be in the repository.
   *
   * @return the changeset of each, by name; none if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Map<ByteString, Node> bookmarks(Path file) throws IOException {
    Map<ByteString, Node> bookmarks = new LinkedHashMap<>();
    forEach(StoreFile.read(file), bookmarks::put);
    return bookmarks;
  }

  /**
   * Returns whether a bookmark is the copy of one of another repository, such as {@code
   * main@default}: its name has an {@code @} that is not its last byte. Such a one is local to its
   * repository.
   */
  public static boolean isDivergent(ByteString bookmark) {
    int at = bookmark.indexOf((byte) '@', 0);
    return at >= 0 && at < bookmark.length() - 1;
  }

  /**
   * Reads {@code localtags}; a name that has the null node is no tag.
   *
   * @return the changeset of each, by name; none if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Map<ByteString, Node> localTags(Path file) throws IOException {
    Map<ByteString, Node> tags = new LinkedHashMap<>();
    forEach(
        StoreFile.read(file),
        (name, node) -> {
          tags.remove(name);
          if (!node.isNull()) {
            tags.put(name, node);
          }
        });
    return tags;
  }

  /** Receives the entries of a text in its order. */
  @FunctionalInterface
  public interface Visitor {
    /** Receives an entry. */
    void entry(ByteString name, Node node);
  }

  /**
   * Gives the entries of a text to {@code visitor}; a line that is not one is skipped, as Mercurial
   * does.
   *
   * @param text the text, or null if there is no such file
   */
  public static void forEach(@Nullable ByteString text, Visitor visitor) {
    for (ByteString line : TextLines.of(text)) {
      if (line.length() > HEX + 1 && line.at(HEX) == ' ') {
        Node node = node(line.substring(0, HEX).utf8());
        ByteString name = stripped(line.substring(HEX + 1, line.length()));
        if (node != null && !name.isEmpty()) {
          visitor.entry(name, node);
        }
      }
    }
  }

  private static @Nullable Node node(String hex) {
    try {
      return Node.fromHex(hex);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static ByteString stripped(ByteString name) {
    int from = 0;
    int to = name.length();
    while (from < to && isSpace(name.at(from))) {
      from++;
    }
    while (from < to && isSpace(name.at(to - 1))) {
      to--;
    }
    return name.substring(from, to);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
