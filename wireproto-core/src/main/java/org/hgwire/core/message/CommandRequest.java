// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a command (wireprotocolrpc, Command Request).
 *
 * @param name the name of the command
 * @param arguments the arguments by name; the keys are byte strings
 * @param redirect which redirects the client would follow, or null if none
 */
public record CommandRequest(ByteString name, CborMap arguments, @Nullable RedirectOffer redirect) {
  /** Returns a request that offers no redirect. */
  public static CommandRequest of(String name, CborMap arguments) {
    return new CommandRequest(ByteString.utf8(name), arguments, null);
  }

  /**
   * Reads a request from its map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST and scope REQUEST if {@code
   *     value} is not such a map
   */
  public static CommandRequest read(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Returns the map of the request. */
  public CborMap toCbor() {
    throw new UnsupportedOperationException();
  }
}
