// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;

/** The output of a decoder for some bytes, as one line that tests compare. */
final class DecodedText {
  private DecodedText() {}

  /** Returns the values of {@code hex} (white space is skipped) and the fault after them. */
  static String ofHex(String hex) {
    return ofHex(hex, WireLimits.defaults());
  }

  static String ofHex(String hex, WireLimits limits) {
    byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    return of(List.of(ByteBuffer.wrap(bytes)), limits);
  }

  /**
   * Returns the values of {@code pieces}, separated by spaces, then {@code !CODE message} if the
   * decoder fails.
   */
  static String of(List<ByteBuffer> pieces, WireLimits limits) {
    StringBuilder text = new StringBuilder();
    DiagnosticPrinter printer = new DiagnosticPrinter(text, " ");
    CborDecoder decoder = new CborDecoder(limits);
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          printer.print(event);
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException e) {
      text.append('!').append(e.code()).append(' ').append(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Returns {@code text} without the message of its fault. */
  static String withoutMessage(String text) {
    return text.replaceAll("(![A-Z_]+) .*", "$1");
  }
}
