// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;

/**
 * Asks for the changeset that a name denotes (wireprotocolv2, lookup).
 *
 * @param key a name, a node in hexadecimal, or a prefix of one
 */
public record LookupRequest(ByteString key) implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "lookup";

  /**
   * Returns the request for a name.
   *
   * @param key a name, a node in hexadecimal, or the beginning of one; sent as UTF-8
   */
  public static LookupRequest of(String key) {
    return new LookupRequest(ByteString.utf8(key));
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static LookupRequest read(CborMap arguments) {
    return new LookupRequest(Arguments.read(arguments, COMMAND, "key").bytes("key"));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return CborMap.builder().put("key", key).build();
  }
}
