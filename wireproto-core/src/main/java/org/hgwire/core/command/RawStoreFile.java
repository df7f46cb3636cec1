// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * What comes before the bytes of one file in the response of {@code rawstorefiledata}
 * (wireprotocolv2, rawstorefiledata); those follow as a byte string of indefinite length.
 *
 * <p>Location and path are the peer's and not checked: whoever writes such a file must see that it
 * stays below the place it belongs to.
 *
 * @param location where the path belongs, as {@code store}
 * @param path the path of the file
 * @param size its size in bytes, not negative
 */
public record RawStoreFile(ByteString location, ByteString path, long size) {
  /**
   * Reads it.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     that
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
