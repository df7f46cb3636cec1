// SPDX-License-Identifier: Apache-2.0
package com.example.fuzzing;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.testing.Chunking;
import org.hgwire.testing.ChunkingArbitraries;
import org.hgwire.testing.FrameBytes;
import org.hgwire.testing.RequestArbitraries;

class DecoderTest {
  @Property
  void anyInputGivesFramesOrATypedError(
      @ForAll("requests") FrameBytes sent, @ForAll("chunkings") Chunking chunking) {
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults()); // or your own
    try {
      for (ByteBuffer piece : chunking.cut(sent.bytes())) {
        decoder.feed(piece);
        while (decoder.poll() != null) {}
      }
      decoder.endOfInput();
    } catch (WireProtocolException expected) {
      // Anything else fails the property.
    }
  }

  @Provide
  Arbitrary<FrameBytes> requests() {
    return RequestArbitraries.hostileSequences();
  }

  @Provide
  Arbitrary<Chunking> chunkings() {
    return ChunkingArbitraries.chunkings();
  }
}
