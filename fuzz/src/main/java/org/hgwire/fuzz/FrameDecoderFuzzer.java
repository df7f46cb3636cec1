// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameNotation;

/** The decoder of frames, and the notation of what it decodes. */
public final class FrameDecoderFuzzer {
  private FrameDecoderFuzzer() {}

  /** Decodes {@code input}, whole and in pieces. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(() -> Pieces.requireEqual(decode(Pieces.whole(input)), decode(Pieces.cut(input))));
  }

  private static List<Object> decode(List<ByteBuffer> pieces) {
    List<Object> outcome = new ArrayList<>();
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    FrameAssembler assembler = new FrameAssembler(decoder);
    try {
      for (ByteBuffer input : pieces) {
        decoder.feed(input);
        for (Frame frame = assembler.poll(); frame != null; frame = assembler.poll()) {
          outcome.add(frame);
          if (!FrameNotation.parse(FrameNotation.print(frame)).equals(frame)) {
            throw new AssertionError("the notation reads as another frame");
          }
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      outcome.add(fault.code() + ": " + fault.getMessage());
    }
    return outcome;
  }
}
