// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The size of the response to {@code rawstorefiledata} (wireprotocolv2, rawstorefiledata).
 *
 * @param fileCount the number of files that follow, not negative
 * @param totalSize their total size in bytes, without the overhead of CBOR, not negative
 */
public record RawstorefiledataHeader(long fileCount, long totalSize) {
  /**
   * Reads the map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
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
