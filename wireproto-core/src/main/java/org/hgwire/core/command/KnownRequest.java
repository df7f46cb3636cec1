// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;

/**
 * Asks which changesets the server has (wireprotocolv2, known).
 *
 * @param nodes the changesets; Mercurial advertises an empty array as the default
 */
public record KnownRequest(List<Node> nodes) implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "known";

  /** Copies the list. */
  public KnownRequest {
    nodes = List.copyOf(nodes);
  }

  /** Returns the request for some changesets. */
  public static KnownRequest of(Node... nodes) {
    return new KnownRequest(List.of(nodes));
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static KnownRequest read(CborMap arguments) {
    MapReader reader = Arguments.read(arguments, COMMAND, "nodes");
    CborValue nodes = reader.optional("nodes");
    return new KnownRequest(
        nodes == null ? List.of() : Nodes.read(reader.values(), nodes, "nodes"));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return nodes.isEmpty()
        ? CborMap.empty()
        : CborMap.builder().put("nodes", Nodes.toCbor(nodes)).build();
  }
}
