// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The size of the response to {@code changesetdata}, {@code filedata} or {@code manifestdata}
 * (wireprotocolv2, sections of those names).
 *
 * @param totalItems the number of revisions that were resolved, not negative; {@code changesetdata}
 *     may send further records, which update other changesets
 */
public record DataHeader(long totalItems) {
  /**
   * Reads the map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static DataHeader read(CborValue value) {
    return new DataHeader(
        ValueReader.response("response header").fields(value).unsigned("totalitems"));
  }

  /** Returns the map. */
  public CborMap toCbor() {
    return CborMap.builder().put("totalitems", totalItems).build();
  }
}
