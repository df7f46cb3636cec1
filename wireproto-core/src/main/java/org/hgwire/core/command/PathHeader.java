// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The header of the revisions of one path in the response to {@code filesdata} (wireprotocolv2,
 * filesdata).
 *
 * @param path the path
 * @param totalItems the number of its revisions that follow, not negative
 */
public record PathHeader(ByteString path, long totalItems) {
  /**
   * Reads the map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static PathHeader read(CborValue value) {
    MapReader reader = ValueReader.response("filesdata path").fields(value);
    return new PathHeader(reader.bytes("path"), reader.unsigned("totalitems"));
  }

  /** Returns the map. */
  public CborMap toCbor() {
    return CborMap.builder().put("path", path).put("totalitems", totalItems).build();
  }
}
