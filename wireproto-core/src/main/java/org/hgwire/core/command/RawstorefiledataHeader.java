// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * How much the response of {@code rawstorefiledata} holds (wireprotocolv2, rawstorefiledata).
 *
 * @param fileCount how many files follow, not negative
 * @param totalSize how many bytes they have together, without the overhead of CBOR, not negative
 */
public record RawstorefiledataHeader(long fileCount, long totalSize) {
  /**
   * Reads it.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     that
   */
  public static RawstorefiledataHeader read(CborValue value) {
    MapReader reader = ValueReader.response("rawstorefiledata header").fields(value);
    return new RawstorefiledataHeader(reader.unsigned("filecount"), reader.unsigned("totalsize"));
  }

  /** Returns the map. */
  public CborMap toCbor() {
    return CborMap.builder().put("filecount", fileCount).put("totalsize", totalSize).build();
  }
}
