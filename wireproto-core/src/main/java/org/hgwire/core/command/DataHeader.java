// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * How much the response of {@code changesetdata}, {@code filedata} or {@code manifestdata} holds
 * (wireprotocolv2, there).
 *
 * @param totalItems how many revisions were resolved, not negative; {@code changesetdata} may send
 *     more records than that, which update others
 */
public record DataHeader(long totalItems) {
  /**
   * Reads it.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     that
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
