// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response to {@code lookup} (wireprotocolv2, lookup).
 *
 * @param node the changeset
 */
public record LookupResponse(Node node) {
  /**
   * Reads the response. * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if
   * {@code value} is malformed
   */
  public static LookupResponse read(CborValue value) {
    return new LookupResponse(Nodes.readOne(ValueReader.response("lookup"), value, "the response"));
  }

  /** Returns the byte string. */
  public CborBytes toCbor() {
    return new CborBytes(node.toByteString());
  }
}
