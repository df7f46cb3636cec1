// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/**
 * The content of an error frame (wireprotocolrpc, Error Occurred).
 *
 * @param type who is at fault
 * @param message what went wrong
 */
public record ErrorResponse(Type type, RichMessage message) {
  /** Who is at fault. */
  public enum Type {
    /** Somebody violates the framing protocol. */
    PROTOCOL,
    /** A fault of the server. */
    SERVER,
    /** A fault of the command, likely the client's. */
    COMMAND
  }

  /**
   * Reads an error from its map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     such a map
   */
  public static ErrorResponse read(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Returns the map of the error. */
  public CborMap toCbor() {
    throw new UnsupportedOperationException();
  }
}
