// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response to {@code clonebundles} (docs/protocol-extensions.md, clonebundles).
 *
 * @param manifest the text of the manifest; empty if there are no clone bundles
 */
public record ClonebundlesResponse(ByteString manifest) {
  /**
   * Reads the response. * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if
   * {@code value} is malformed
   */
  public static ClonebundlesResponse read(CborValue value) {
    return new ClonebundlesResponse(
        ValueReader.response(ClonebundlesRequest.COMMAND).bytes(value, "the response"));
  }

  /** Returns the byte string. */
  public CborBytes toCbor() {
    return new CborBytes(manifest);
  }
}
