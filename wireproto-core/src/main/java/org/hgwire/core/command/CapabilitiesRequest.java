// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;

/** Asks for the capabilities of the server (wireprotocolv2, capabilities). It has no arguments. */
public record CapabilitiesRequest() implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "capabilities";

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static CapabilitiesRequest read(CborMap arguments) {
    Arguments.read(arguments, COMMAND);
    return new CapabilitiesRequest();
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return CborMap.empty();
  }
}
