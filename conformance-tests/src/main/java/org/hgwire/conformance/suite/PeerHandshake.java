// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.Map.Entry;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/**
 * A handshake, whose redirects are kept as they came: cases tell if they are malformed.
 *
 * @param others the handshake without its redirects
 * @param redirect the value of the key {@code redirect} of version 2, or null
 */
record PeerHandshake(Handshake others, @Nullable CborValue redirect) {
  /**
   * Reads a handshake.
   *
   * @throws org.hgwire.core.WireProtocolException if it is malformed in anything but its redirects
   */
  static PeerHandshake read(CborValue value) {
    if (value instanceof CborMap handshake
        && handshake.get("apis") instanceof CborMap apis
        && apis.get(HttpV2Api.NAME) instanceof CborMap api
        && api.get("redirect") != null) {
      CborMap others =
          with(handshake, "apis", with(apis, HttpV2Api.NAME, with(api, "redirect", null)));
      return new PeerHandshake(Handshake.read(others), api.get("redirect"));
    }
    return new PeerHandshake(Handshake.read(value), null);
  }

  /** Returns a map with another value, or without one. */
  private static CborMap with(CborMap map, String key, @Nullable CborValue value) {
    CborMap.Builder builder = CborMap.builder();
    for (Entry<CborValue, CborValue> entry : map.entries()) {
      if (!entry.getKey().equals(CborBytes.utf8(key))) {
        builder.put(entry.getKey(), entry.getValue());
      }
    }
    return value == null ? builder.build() : builder.put(key, value).build();
  }
}
