// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * A changeset in the response to {@code changesetdata} (wireprotocolv2, changesetdata). The data of
 * {@code following} comes next, one byte string each.
 *
 * <p>A record may also just update the bookmarks or the phase of a changeset that was not
 * requested.
 *
 * @param node the changeset
 * @param parents its parents, or null if they were not requested
 * @param phase its phase, or null if it was not requested
 * @param bookmarks its bookmarks; empty if there are none or they were not requested
 * @param following the fields whose data follows
 */
public record ChangesetRecord(
    Node node,
    @Nullable Parents parents,
    @Nullable Phase phase,
    List<ByteString> bookmarks,
    List<FollowingField> following) {
  private static final CborBytes BOOKMARKS = CborBytes.utf8("bookmarks");
  private static final CborBytes NODE = CborBytes.utf8("node");
  private static final CborBytes PHASE = CborBytes.utf8("phase");

  /** Copies the lists. */
  public ChangesetRecord {
    bookmarks = List.copyOf(bookmarks);
    following = List.copyOf(following);
  }

  /**
   * Reads a record.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static ChangesetRecord read(CborValue value) {
    MapReader reader = ValueReader.response("changesetdata record").fields(value);
    return new ChangesetRecord(
        Nodes.readOne(reader, "node"),
        Parents.read(reader),
        phase(reader),
        reader.optionalByteStrings("bookmarks"),
        FollowingField.readAll(reader));
  }

  private static @Nullable Phase phase(MapReader reader) {
    ByteString name = reader.optionalBytes("phase");
    if (name == null) {
      return null;
    }
    Phase phase = Phase.named(name);
    if (phase == null) {
      // "Recognized values are secret, draft, and public."
      throw reader.fault("the phase " + name.excerpt() + " is unknown");
    }
    return phase;
  }

  /** Returns the following field with that name, or null if there is none. */
  public @Nullable FollowingField following(ByteString name) {
    return FollowingField.find(following, name);
  }

  /** Returns the map. */
  public CborMap toCbor() {
    // In the order in which they are encoded, so that they need not be sorted.
    CborMap.Builder map = CborMap.builder();
    if (!bookmarks.isEmpty()) {
      map.put(BOOKMARKS, CborArray.ofByteStrings(bookmarks));
    }
    FollowingField.put(map, following);
    map.put(NODE, node.toCbor());
    Parents.put(map, parents);
    if (phase != null) {
      map.put(PHASE, new CborBytes(phase.wireName()));
    }
    return map.build();
  }
}
