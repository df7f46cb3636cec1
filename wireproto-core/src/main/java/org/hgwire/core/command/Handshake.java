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
import org.jspecify.annotations.Nullable;

/**
 * The response to the HTTP handshake of a client that upgrades (wireprotocol, HTTP Version 1
 * Transport, Client Initiated Handshake).
 *
 * @param apiBase the path of the APIs, relative to the repository, such as {@code api/}
 * @param apis descriptors of the APIs that the client asked for and the server has, by name
 * @param v1Capabilities the capabilities of version 1 of the protocol, separated by spaces
 */
public record Handshake(
    ByteString apiBase, Map<ByteString, CborValue> apis, ByteString v1Capabilities) {
  /** Copies the map. */
  public Handshake {
    apis = Collections.unmodifiableMap(new LinkedHashMap<>(apis));
  }

  /**
   * Reads a response; unknown keys are ignored, and descriptors are not parsed.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static Handshake read(CborValue value) {
    MapReader reader = ValueReader.response("handshake").fields(value);
    ValueReader values = reader.values();
    Map<ByteString, CborValue> apis = new LinkedHashMap<>();
    for (Entry<CborValue, CborValue> api : reader.map("apis").entries()) {
      apis.put(values.bytes(api.getKey(), "the name of an API"), api.getValue());
    }
    return new Handshake(reader.bytes("apibase"), apis, reader.bytes("v1capabilities"));
  }

  /**
   * Returns the capabilities of {@link HttpV2Api}, or null if the server does not have that API.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if its descriptor is
   *     malformed
   */
  public @Nullable ServerCapabilities httpV2() {
    CborValue descriptor = apis.get(ByteString.utf8(HttpV2Api.NAME));
    return descriptor == null ? null : ServerCapabilities.read(descriptor);
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder descriptors = CborMap.builder();
    apis.forEach((name, descriptor) -> descriptors.put(new CborBytes(name), descriptor));
    return CborMap.builder()
        .put("apibase", apiBase)
        .put("apis", descriptors.build())
        .put("v1capabilities", v1Capabilities)
        .build();
  }
}
