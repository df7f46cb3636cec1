// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * How much the response of {@code filesdata} holds (wireprotocolv2, filesdata).
 *
 * @param totalPaths how many paths follow, not negative
 * @param totalItems how many file revisions follow, of all paths together, not negative
 */
public record FilesdataHeader(long totalPaths, long totalItems) {
  /**
   * Reads it.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     that
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
