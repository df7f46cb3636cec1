// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response to {@code branchmap} (wireprotocolv2, branchmap).
 *
 * @param branches the heads of each branch, by branch name
 */
public record BranchmapResponse(Map<ByteString, List<Node>> branches) {
  /** Copies the map. */
  public BranchmapResponse {
    Map<ByteString, List<Node>> copy = new LinkedHashMap<>();
    branches.forEach((name, heads) -> copy.put(name, List.copyOf(heads)));
    branches = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads the response. * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if
   * {@code value} is malformed
   */
  public static BranchmapResponse read(CborValue value) {
    MapReader reader = ValueReader.response("branchmap").fields(value);
    Map<ByteString, List<Node>> branches = new LinkedHashMap<>();
    for (Entry<CborValue, CborValue> entry : reader.map().entries()) {
      branches.put(
          reader.values().bytes(entry.getKey(), "the name of a branch"),
          Nodes.read(reader.values(), entry.getValue(), "the heads of a branch"));
    }
    return new BranchmapResponse(branches);
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder map = CborMap.builder();
    branches.forEach((name, heads) -> map.put(new CborBytes(name), Nodes.toCbor(heads)));
    return map.build();
  }
}
