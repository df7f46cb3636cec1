// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.cbor.DiagnosticPrinter;

/** The decoder of CBOR, the encoder and the notation of what it decodes. */
public final class CborDecoderFuzzer {
  private CborDecoderFuzzer() {}

  /** Decodes {@code input}, whole and in pieces. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(() -> Pieces.requireEqual(decode(Pieces.whole(input)), decode(Pieces.cut(input))));
  }

  private static String decode(List<ByteBuffer> pieces) throws IOException {
    StringBuilder outcome = new StringBuilder();
    DiagnosticPrinter printer = new DiagnosticPrinter(outcome, " ");
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          printer.print(event);
          if (event instanceof CborEvent.ValueRead read) {
            requireRoundTrip(read.value());
          }
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      outcome.append('!').append(fault.code()).append(' ').append(fault.getMessage());
    }
    return outcome.toString();
  }

  private static void requireRoundTrip(CborValue value) {
    ByteBuffer encoded = CborEncoder.encode(value).asByteBuffer();
    if (!CborDecoder.decodeOne(encoded, WireLimits.defaults()).equals(value)
        || !DiagnosticNotation.parse(DiagnosticNotation.print(value)).equals(value)) {
      throw new AssertionError("encoded and decoded, or printed and parsed, it is another value");
    }
  }
}
