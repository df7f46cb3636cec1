// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * A file or manifest revision in the response to {@code filedata}, {@code filesdata} or {@code
 * manifestdata} (wireprotocolv2, sections of those names). The data of {@code following} comes
 * next, one byte string each.
 *
 * @param node the revision
 * @param parents its parents, or null if they were not requested
 * @param linkNode the changeset that introduced the file revision, or null if it was not requested
 * @param deltaBase the base of the delta that follows, or null if none follows
 * @param following the fields whose data follows: at most one of a whole revision and a delta
 */
public record RevisionRecord(
    Node node,
    @Nullable Parents parents,
    @Nullable Node linkNode,
    @Nullable Node deltaBase,
    List<FollowingField> following) {
  private static final CborBytes DELTA_BASE = CborBytes.utf8("deltabasenode");
  private static final CborBytes LINK_NODE = CborBytes.utf8("linknode");
  private static final CborBytes NODE = CborBytes.utf8("node");

  /** Copies the list. */
  public RevisionRecord {
    following = List.copyOf(following);
  }

  /**
   * Reads a record.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
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

  /** Returns the following field with that name, or null if there is none. */
  public @Nullable FollowingField following(ByteString name) {
    return FollowingField.find(following, name);
  }

  /** Returns the map. */
  public CborMap toCbor() {
    // In the order in which they are encoded, so that they need not be sorted.
    CborMap.Builder map = CborMap.builder();
    if (deltaBase != null) {
      map.put(DELTA_BASE, deltaBase.toCbor());
    }
    FollowingField.put(map, following);
    if (linkNode != null) {
      map.put(LINK_NODE, linkNode.toCbor());
    }
    map.put(NODE, node.toCbor());
    Parents.put(map, parents);
    return map.build();
  }
}
