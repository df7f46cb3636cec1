// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;

/** Bytes to frames. */
final class FrameVectorDecoder implements VectorDecoder {
  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    Outcome outcome = new Outcome();
    FrameDecoder decoder = new FrameDecoder(limits);
    FrameAssembler frames = new FrameAssembler(decoder);
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
          outcome
              .add("frame")
              .put("length", frame.header().payloadLength())
              .put("request", frame.header().requestId())
              .put("stream", frame.header().streamId())
              .put("stream-flags", frame.header().streamFlags())
              .put("type", frame.header().typeCode())
              .put("flags", frame.header().flags())
              .put("payload", CborJson.hex(frame.payload()));
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      outcome.fail(fault);
    }
    return outcome;
  }
}
