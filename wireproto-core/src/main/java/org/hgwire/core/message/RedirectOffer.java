// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The content redirects that a client is willing to follow (wireprotocolrpc, Command Request).
 *
 * @param targets names of targets that the server advertised
 * @param hashes names of hash algorithms in order of preference
 */
public record RedirectOffer(List<ByteString> targets, List<ByteString> hashes) {
  /** Copies the lists. */
  public RedirectOffer {
    targets = List.copyOf(targets);
    hashes = List.copyOf(hashes);
  }

  /** Reads an offer; both keys are required, each with an array or a set of byte strings. */
  static RedirectOffer read(CborValue value, ValueReader request) {
    MapReader fields = request.inside("redirect").fields(value);
    return new RedirectOffer(fields.byteStringSet("targets"), fields.byteStringSet("hashes"));
  }

  /** Returns the map of the offer. */
  CborMap toCbor() {
    return CborMap.builder()
        .put("targets", CborArray.ofByteStrings(targets))
        .put("hashes", CborArray.ofByteStrings(hashes))
        .build();
  }
}
