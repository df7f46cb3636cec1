// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/** The first value of a response: its overall status (wireprotocolrpc, Command Protocol). */
public sealed interface ResponseStatus {
  /** The response follows. */
  record Ok() implements ResponseStatus {}

  /**
   * The command failed.
   *
   * @param error how
   */
  record Failed(CommandError error) implements ResponseStatus {}

  /**
   * The response is elsewhere.
   *
   * @param location where
   */
  record Redirected(ContentLocation location) implements ResponseStatus {}

  /**
   * Reads a status from its map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     such a map
   */
  static ResponseStatus read(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Returns the map of the status. */
  default CborMap toCbor() {
    throw new UnsupportedOperationException();
  }
}
