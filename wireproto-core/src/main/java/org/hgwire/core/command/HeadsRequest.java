// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;

/**
 * Asks for the heads of the changeset graph (wireprotocolv2, heads).
 *
 * @param publicOnly whether to consider public changesets only
 */
public record HeadsRequest(boolean publicOnly) implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "heads";

  /** Returns the request for the heads of everything that the server shows. */
  public static HeadsRequest ofAll() {
    return new HeadsRequest(false);
  }

  /** Returns the request for the heads of the graph of public changesets. */
  public static HeadsRequest ofPublic() {
    return new HeadsRequest(true);
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static HeadsRequest read(CborMap arguments) {
    return new HeadsRequest(
        Arguments.read(arguments, COMMAND, "publiconly").bool("publiconly", false));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return publicOnly ? CborMap.builder().put("publiconly", true).build() : CborMap.empty();
  }
}
