// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.MapReader;

/**
 * Asks for revisions of one file (wireprotocolv2, filedata).
 *
 * @param path the file
 * @param nodes the revisions
 * @param fields the data to send of each
 * @param haveParents whether the client has the parents of all of them, so that deltas may use them
 *     as bases
 */
public record FiledataRequest(
    ByteString path, List<Node> nodes, Set<FileField> fields, boolean haveParents)
    implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "filedata";

  /** Copies the collections. */
  public FiledataRequest {
    nodes = List.copyOf(nodes);
    fields = Set.copyOf(fields);
  }

  /**
   * Returns the request for some fields of revisions of a file, whose parents the client lacks.
   *
   * @param path the file; sent as UTF-8
   * @param nodes the revisions
   * @param fields which data of each
   */
  public static FiledataRequest of(String path, Collection<Node> nodes, FileField... fields) {
    return new FiledataRequest(ByteString.utf8(path), List.copyOf(nodes), Set.of(fields), false);
  }

  /** Returns this request of a client that has the parents of all these revisions. */
  public FiledataRequest havingParents() {
    return new FiledataRequest(path, nodes, fields, true);
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static FiledataRequest read(CborMap arguments) {
    MapReader reader = Arguments.read(arguments, COMMAND, "path", "nodes", "fields", "haveparents");
    return new FiledataRequest(
        reader.bytes("path"),
        Nodes.read(reader, "nodes"),
        Arguments.fields(reader, FileField.class),
        Arguments.haveParents(reader));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return Arguments.with(fields, haveParents)
        .put("path", path)
        .put("nodes", Nodes.toCbor(nodes))
        .build();
  }
}
