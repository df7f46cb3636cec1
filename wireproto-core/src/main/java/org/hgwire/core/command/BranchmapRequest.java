// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;

/** Asks for the heads of each named branch (wireprotocolv2, branchmap). It has no arguments. */
public record BranchmapRequest() implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "branchmap";

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static BranchmapRequest read(CborMap arguments) {
    Arguments.read(arguments, COMMAND);
    return new BranchmapRequest();
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
