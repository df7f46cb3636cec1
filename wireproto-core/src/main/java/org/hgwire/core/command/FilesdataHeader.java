// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The size of the response to {@code filesdata} (wireprotocolv2, filesdata).
 *
 * @param totalPaths the number of paths that follow, not negative
 * @param totalItems the number of file revisions of all paths together, not negative
 */
public record FilesdataHeader(long totalPaths, long totalItems) {
  /**
   * Reads the map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static FilesdataHeader read(CborValue value) {
    MapReader reader = ValueReader.response("filesdata header").fields(value);
    return new FilesdataHeader(reader.unsigned("totalpaths"), reader.unsigned("totalitems"));
  }

  /** Returns the map. */
  public CborMap toCbor() {
    return CborMap.builder().put("totalpaths", totalPaths).put("totalitems", totalItems).build();
  }
}
