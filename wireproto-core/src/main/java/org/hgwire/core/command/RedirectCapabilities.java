// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The places that a server may redirect its responses to (wireprotocolv2, capabilities, {@code
 * redirect}).
 *
 * @param targets the targets, in order of preference
 * @param hashes names of the hash algorithms that the server uses, such as {@code sha256}, in order
 *     of preference
 */
public record RedirectCapabilities(List<RedirectTarget> targets, List<ByteString> hashes) {
  /** Copies the lists. */
  public RedirectCapabilities {
    targets = List.copyOf(targets);
    hashes = List.copyOf(hashes);
  }

  /**
   * Reads redirect capabilities; unknown keys are ignored.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static RedirectCapabilities read(CborValue value) {
    MapReader reader = ValueReader.response("redirect capabilities").fields(value);
    List<RedirectTarget> targets = new ArrayList<>();
    for (CborValue target : reader.array("targets")) {
      targets.add(RedirectTarget.read(target));
    }
    return new RedirectCapabilities(targets, reader.byteStrings("hashes"));
  }

  /** Returns the capabilities as a map of the wire. */
  public CborMap toCbor() {
    return CborMap.builder()
        .put(
            "targets",
            new CborArray(targets.stream().<CborValue>map(RedirectTarget::toCbor).toList()))
        .put("hashes", CborArray.ofByteStrings(hashes))
        .build();
  }
}
