// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;

/** Bytes to values of Mercurial's subset of CBOR. */
final class CborVectorDecoder implements VectorDecoder {
  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    Outcome outcome = new Outcome();
    CborEvents events = new CborEvents(outcome);
    CborDecoder decoder = new CborDecoder(limits);
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          events.add(event);
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      outcome.fail(fault);
    }
    return outcome;
  }
}
