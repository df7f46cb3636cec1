// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response to {@code heads} (wireprotocolv2, heads).
 *
 * @param nodes the heads; empty if no changeset qualifies
 */
public record HeadsResponse(List<Node> nodes) {
  /** Copies the list. */
  public HeadsResponse {
    nodes = List.copyOf(nodes);
  }

  /**
   * Reads the response. * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if
   * {@code value} is malformed
   */
  public static HeadsResponse read(CborValue value) {
    return new HeadsResponse(Nodes.read(ValueReader.response("heads"), value, "the response"));
  }

  /** Returns the array. */
  public CborArray toCbor() {
    return Nodes.toCbor(nodes);
  }
}
