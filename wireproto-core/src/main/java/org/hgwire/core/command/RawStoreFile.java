// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The header of one file in the response to {@code rawstorefiledata} (wireprotocolv2,
 * rawstorefiledata); its bytes follow as a byte string of indefinite length.
 *
 * <p>Location and path are not checked. A caller that writes such a file must ensure that it stays
 * below the intended directory.
 *
 * @param location what the path is relative to, such as {@code store}
 * @param path the path of the file
 * @param size its size in bytes, not negative
 */
public record RawStoreFile(ByteString location, ByteString path, long size) {
  /**
   * Reads the map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static RawStoreFile read(CborValue value) {
    MapReader reader = ValueReader.response("rawstorefiledata file").fields(value);
    return new RawStoreFile(
        reader.bytes("location"), reader.bytes("path"), reader.unsigned("size"));
  }

  /** Returns the map. */
  public CborMap toCbor() {
    return CborMap.builder().put("location", location).put("path", path).put("size", size).build();
  }
}
