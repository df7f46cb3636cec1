// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
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

  /** Returns the fault, or the length and the checksum of what was decoded. */
  private static String decode(ContentEncoding encoding, List<ByteBuffer> pieces) {
    long length = 0;
    CRC32C checksum = new CRC32C();
    try (ContentDecoder decoder = encoding.newDecoder(WireLimits.defaults())) {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (ByteBuffer slice = decoder.poll(); slice != null; slice = decoder.poll()) {
          if (slice.remaining() > MAX_SLICE) {
            throw new AssertionError("a slice of " + slice.remaining() + " bytes");
          }
          length += slice.remaining();
          checksum.update(slice);
        }
      }
    } catch (WireProtocolException fault) {
      return fault.code() + " " + fault.getMessage();
    }
    return length + " " + checksum.getValue();
  }
}
