// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;

/**
 * Asks for all values of a pushkey namespace (wireprotocolv2, listkeys).
 *
 * @param namespace the namespace, such as {@code bookmarks} or {@code phases}
 */
public record ListkeysRequest(ByteString namespace) implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "listkeys";

  /**
   * Returns the request for a namespace.
   *
   * @param namespace the namespace, such as {@code bookmarks} or {@code phases}; sent as UTF-8
   */
  public static ListkeysRequest of(String namespace) {
    return new ListkeysRequest(ByteString.utf8(namespace));
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static ListkeysRequest read(CborMap arguments) {
    return new ListkeysRequest(Arguments.read(arguments, COMMAND, "namespace").bytes("namespace"));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return CborMap.builder().put("namespace", namespace).build();
  }
}
