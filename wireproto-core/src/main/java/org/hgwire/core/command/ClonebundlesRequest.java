// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborMap;

/**
 * Asks for the manifest of clone bundles (docs/protocol-extensions.md, clonebundles). It has no
 * arguments.
 */
public record ClonebundlesRequest() implements TypedRequest {
  /** The name of the command, in version 1 of the protocol as well. */
  public static final String COMMAND = "clonebundles";

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static ClonebundlesRequest read(CborMap arguments) {
    Arguments.read(arguments, COMMAND);
    return new ClonebundlesRequest();
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
