// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * A place that a server may redirect to (wireprotocolv2, capabilities, {@code targets}).
 *
 * @param name the name that clients use for it
 * @param protocol its network protocol, such as {@code https}
 * @param uris representative URIs
 * @param sniRequired whether Server Name Indication is required
 * @param tlsVersions the versions of TLS that it supports, such as {@code 1.2}; empty if not
 *     declared
 */
public record RedirectTarget(
    ByteString name,
    ByteString protocol,
    List<ByteString> uris,
    boolean sniRequired,
    List<ByteString> tlsVersions) {
  /** Copies the lists. */
  public RedirectTarget {
    uris = List.copyOf(uris);
    tlsVersions = List.copyOf(tlsVersions);
  }

  /**
   * Reads a target; unknown keys are ignored.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static RedirectTarget read(CborValue value) {
    MapReader reader = ValueReader.response("redirect target").fields(value);
    return new RedirectTarget(
        reader.bytes("name"),
        reader.bytes("protocol"),
        reader.byteStrings("uris"),
        reader.bool("snirequired", false),
        reader.optionalByteStrings("tlsversions"));
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder map =
        CborMap.builder()
            .put("name", name)
            .put("protocol", protocol)
            .put("uris", CborArray.ofByteStrings(uris));
    if (sniRequired) {
      map.put("snirequired", true);
    }
    if (!tlsVersions.isEmpty()) {
      map.put("tlsversions", CborArray.ofByteStrings(tlsVersions));
    }
    return map.build();
  }
}
