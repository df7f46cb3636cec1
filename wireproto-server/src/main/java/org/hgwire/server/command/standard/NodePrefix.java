// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.graph.Sweep;
import org.hgwire.server.repository.work.Work;

/**
 * The changeset whose node begins with some digits. As in Mercurial, the null node and the one of
 * the working directory, forty times {@code f}, have prefixes too; the latter denotes nothing.
 */
final class NodePrefix {
  private static final int HEX_NODE = 2 * Node.BYTES;
  private static final Node WORKING_DIRECTORY = Node.fromHex("f".repeat(HEX_NODE));

  private NodePrefix() {}

  /** Looks for a prefix in a pass over the graph. */
  static Work<Optional<Node>> find(RequestView view, String text) {
    if (!text.matches("[0-9a-fA-F]{1," + HEX_NODE + "}")) {
      return Work.done(Optional.empty());
    }
    int missing = HEX_NODE - text.length();
    String prefix = text.toLowerCase(Locale.ROOT);
    Node first = Node.fromHex(prefix + "0".repeat(missing));
    Node last = Node.fromHex(prefix + "f".repeat(missing));
    List<Node> found = new ArrayList<>(1);
    if (first.isNull()) {
      found.add(Node.NULL);
    }
    boolean ofWorkingDirectory = last.equals(WORKING_DIRECTORY);
    return Sweep.up(
            view.graph().visible(),
            revision -> {
              Node node = view.index().node(revision);
              if (node.compareTo(first) >= 0 && node.compareTo(last) <= 0) {
                if (ofWorkingDirectory || !found.isEmpty()) {
                  throw new CommandException(
                      "ambiguous identifier '" + text + "': use more digits");
                }
                found.add(node);
              }
            },
            found)
        .map(nodes -> nodes.stream().findFirst());
  }
}
