// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;

/** The content encodings: the first byte says which, the rest is decoded. */
public final class ContentEncodingFuzzer {
  private static final List<ContentEncoding> ENCODINGS = ContentEncodings.standard().preferred();
  private static final int MAX_SLICE = WireLimits.defaults().intOf(WireLimit.MAX_DECODED_SLICE);

  private ContentEncodingFuzzer() {}

  /** Decodes {@code input}, whole and in pieces. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ContentEncoding encoding = ENCODINGS.get((input[0] & 0xff) % ENCODINGS.size());
    byte[] encoded = Arrays.copyOfRange(input, 1, input.length);
    TimedCall.of(
        () ->
            Pieces.requireEqual(
                decode(encoding, Pieces.whole(encoded)), decode(encoding, Pieces.cut(encoded))));
  }

  /** Returns the fault, or the length and the hash of what was decoded. */
  private static String decode(ContentEncoding encoding, List<ByteBuffer> pieces) {
    long length = 0;
    int hash = 1;
    try (ContentDecoder decoder = encoding.newDecoder(WireLimits.defaults())) {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (ByteBuffer slice = decoder.poll(); slice != null; slice = decoder.poll()) {
          if (slice.remaining() > MAX_SLICE) {
            throw new AssertionError("a slice of " + slice.remaining() + " bytes");
          }
          length += slice.remaining();
          for (byte each : ByteString.copyOf(slice).toByteArray()) {
            hash = 31 * hash + each;
          }
        }
      }
    } catch (WireProtocolException fault) {
      return fault.code() + " " + fault.getMessage();
    }
    return length + " " + hash;
  }
}
