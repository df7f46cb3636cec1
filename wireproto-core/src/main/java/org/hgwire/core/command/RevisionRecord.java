// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * A file or manifest revision in the response of {@code filedata}, {@code filesdata} or {@code
 * manifestdata} (wireprotocolv2, there). The data of {@code following} comes next, a byte string
 * each.
 *
 * @param node the revision
 * @param parents its parents, or null if they were not asked for
 * @param linkNode the changeset that introduced the file revision, or null if it was not asked for
 * @param deltaBase what the delta that follows is against, or null if none follows
 * @param following what follows: at most one of a whole revision and a delta
 */
public record RevisionRecord(
    Node node,
    @Nullable Parents parents,
    @Nullable Node linkNode,
    @Nullable Node deltaBase,
    List<FollowingField> following) {
  /** Copies the list. */
  public RevisionRecord {
    following = List.copyOf(following);
  }

  /**
   * Reads a record.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     one
   */
  public static RevisionRecord read(CborValue value) {
    MapReader reader = ValueReader.response("revision record").fields(value);
    RevisionRecord record =
        new RevisionRecord(
            Nodes.readOne(reader, "node"),
            Parents.read(reader),
            Nodes.readOptional(reader, "linknode"),
            Nodes.readOptional(reader, "deltabasenode"),
            FollowingField.readAll(reader));
    if (record.following(FollowingField.DELTA) != null) {
      // "The deltabasenode top-level key will also be present if this field is being emitted."
      if (record.deltaBase == null) {
        throw reader.fault("a delta follows but deltabasenode is missing");
      }
      // "the server chooses to emit either fulltext revision data or a delta"
      if (record.following(FollowingField.REVISION) != null) {
        throw reader.fault("both a revision and a delta follow");
      }
    }
    return record;
  }

  /** Returns what follows of that name, or null if nothing does. */
  public @Nullable FollowingField following(ByteString name) {
    return FollowingField.find(following, name);
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder map = CborMap.builder().put("node", node.toByteString());
    Parents.put(map, parents);
    if (linkNode != null) {
      map.put("linknode", linkNode.toByteString());
    }
    if (deltaBase != null) {
      map.put("deltabasenode", deltaBase.toByteString());
    }
    FollowingField.put(map, following);
    return map.build();
  }
}
