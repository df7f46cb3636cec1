// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.command.Node;

/** The nodes of the known repository and their names in cases; {@code null} is the null node. */
public final class KnownNodes {
  private static final String TEXT = read();

  private final Map<String, Node> nodes = new LinkedHashMap<>();

  /** Reads the names. */
  public KnownNodes() {
    TEXT.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" ", 2))
        .forEach(words -> nodes.put(words[0], Node.fromHex(words[1])));
    nodes.put("null", Node.NULL);
  }

  /** Returns the names as text, a line each: the name and 40 hexadecimal digits. */
  public static String text() {
    return TEXT;
  }

  /**
   * Returns the node with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Node get(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("the known repository has no node " + name);
    }
    return node;
  }

  private static String read() {
    try (InputStream input = KnownNodes.class.getResourceAsStream("names")) {
      if (input == null) {
        throw new IllegalStateException("the jar of the suite has no names of nodes");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
