// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collection;
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

  /** Returns the request for some fields of root manifests, whose parents the client lacks. */
  public static ManifestdataRequest of(Collection<Node> nodes, ManifestField... fields) {
    return new ManifestdataRequest(ByteString.empty(), List.copyOf(nodes), Set.of(fields), false);
  }

  /** Returns this request for manifests of a directory; its path is sent as UTF-8. */
  public ManifestdataRequest withTree(String directory) {
    return new ManifestdataRequest(ByteString.utf8(directory), nodes, fields, haveParents);
  }

  /** Returns this request of a client that has the parents of all these manifests. */
  public ManifestdataRequest havingParents() {
    return new ManifestdataRequest(tree, nodes, fields, true);
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
