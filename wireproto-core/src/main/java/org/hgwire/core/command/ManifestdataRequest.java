// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.MapReader;

/**
 * Asks for manifests (wireprotocolv2, manifestdata).
 *
 * @param tree the directory whose manifests are requested, or empty for the root
 * @param nodes the manifests
 * @param fields the data to send of each
 * @param haveParents whether the client has the parents of all of them, so that deltas may use them
 *     as bases
 */
public record ManifestdataRequest(
    ByteString tree, List<Node> nodes, Set<ManifestField> fields, boolean haveParents)
    implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "manifestdata";

  /** Copies the collections. */
  public ManifestdataRequest {
    nodes = List.copyOf(nodes);
    fields = Set.copyOf(fields);
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static ManifestdataRequest read(CborMap arguments) {
    MapReader reader = Arguments.read(arguments, COMMAND, "tree", "nodes", "fields", "haveparents");
    return new ManifestdataRequest(
        reader.bytes("tree"),
        Nodes.read(reader, "nodes"),
        Arguments.fields(reader, ManifestField.class),
        Arguments.haveParents(reader));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return Arguments.with(fields, haveParents)
        .put("tree", tree)
        .put("nodes", Nodes.toCbor(nodes))
        .build();
  }
}
