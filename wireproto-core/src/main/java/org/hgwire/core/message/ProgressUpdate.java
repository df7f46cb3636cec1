// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an operation on the peer (wireprotocolrpc, Progress Update).
 *
 * @param topic the name of the operation
 * @param position the current position, or -1 when the operation is done
 * @param total the position at its end
 * @param label the unit, or null
 * @param item the current item, or null
 */
public record ProgressUpdate(
    ByteString topic,
    long position,
    long total,
    @Nullable ByteString label,
    @Nullable ByteString item) {
  /**
   * Reads an update from its map. "receivers SHOULD validate that received data conforms to UTF-8",
   * which this does.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static ProgressUpdate read(CborValue value) {
    MapReader fields = ValueReader.response("progress update").fields(value);
    return new ProgressUpdate(
        text(fields, fields.bytes("topic")),
        fields.integer("pos"),
        fields.unsigned("total"),
        optionalText(fields, "label"),
        optionalText(fields, "item"));
  }

  private static @Nullable ByteString optionalText(MapReader fields, String key) {
    ByteString value = fields.optionalBytes(key);
    return value == null ? null : text(fields, value);
  }

  private static ByteString text(MapReader fields, ByteString value) {
    if (!ByteString.utf8(value.utf8()).equals(value)) {
      throw fields.fault("the text " + value.excerpt() + " is not UTF-8");
    }
    return value;
  }

  /** Returns the map of the update. */
  public CborMap toCbor() {
    CborMap.Builder map =
        CborMap.builder().put("topic", topic).put("pos", position).put("total", total);
    if (label != null) {
      map.put("label", label);
    }
    if (item != null) {
      map.put("item", item);
    }
    return map.build();
  }
}
