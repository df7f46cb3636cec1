// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response to {@code listkeys} (wireprotocolv2, listkeys).
 *
 * @param values the values of the namespace by key
 */
public record ListkeysResponse(Map<ByteString, ByteString> values) {
  /** Copies the map. */
  public ListkeysResponse {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads the response. * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if
   * {@code value} is malformed
   */
  public static ListkeysResponse read(CborValue value) {
    MapReader reader = ValueReader.response("listkeys").fields(value);
    Map<ByteString, ByteString> values = new LinkedHashMap<>();
    for (Entry<CborValue, CborValue> entry : reader.map().entries()) {
      values.put(
          reader.values().bytes(entry.getKey(), "a key"),
          reader.values().bytes(entry.getValue(), "the value of a key"));
    }
    return new ListkeysResponse(values);
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder map = CborMap.builder();
    values.forEach((key, value) -> map.put(new CborBytes(key), new CborBytes(value)));
    return map.build();
  }
}
