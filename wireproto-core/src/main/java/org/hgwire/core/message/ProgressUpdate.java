// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an operation on the peer (wireprotocolrpc, Progress Update).
 *
 * @param topic the operation
 * @param position how far it is, or -1 when it is done
 * @param total where it ends
 * @param label the unit, or null
 * @param item what it is at, or null
 */
public record ProgressUpdate(
    ByteString topic,
    long position,
    long total,
    @Nullable ByteString label,
    @Nullable ByteString item) {
  /**
   * Reads an update from its map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     such a map
   */
  public static ProgressUpdate read(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Returns the map of the update. */
  public CborMap toCbor() {
    throw new UnsupportedOperationException();
  }
}
