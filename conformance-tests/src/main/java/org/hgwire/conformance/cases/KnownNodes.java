// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.command.Node;

/** The names of nodes of the known repository; {@code null} is the null node. */
final class NodeNames {
  private static final String RESOURCE = "/org/hgwire/conformance/suite/names";

  private final Map<String, Node> nodes = new LinkedHashMap<>();

  NodeNames() {
    try (InputStream input = NodeNames.class.getResourceAsStream(RESOURCE)) {
      if (input == null) {
        throw new IllegalStateException("the jar of the suite has no " + RESOURCE);
      }
      new String(input.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(words -> nodes.put(words[0], Node.fromHex(words[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    nodes.put("null", Node.NULL);
  }

  Node get(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("the known repository has no node " + name);
    }
    return node;
  }
}
