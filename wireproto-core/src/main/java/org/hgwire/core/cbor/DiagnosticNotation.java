// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Diagnostic notation of values (RFC 8949, section 8). */
public final class DiagnosticNotation {
  private DiagnosticNotation() {}

  /**
   * Returns {@code value} without white space: {@code {h'61':1}}, {@code 258([1,h''])}. Keys and
   * members keep their order. {@link DiagnosticPrinter} prints values that do not fit in memory.
   */
  public static String print(CborValue value) {
    StringBuilder text = new StringBuilder();
    try {
      new DiagnosticPrinter(text, "").print(new CborEvent.ValueRead(value));
    } catch (IOException e) {
      throw new UncheckedIOException("a StringBuilder does no I/O", e);
    }
    return text.toString();
  }

  /**
   * Reads one value, with any white space. Besides {@code h'…'} for byte strings it accepts {@code
   * 'text'} (RFC 8610, appendix G) and the Python literals of Mercurial's frame notation: {@code
   * b'text'}, {@code b"text"}, {@code True}, {@code False}, {@code None}, the set {@code {1,2}}, a
   * comma after the last item. {@code {}} is the empty map, {@code 258([])} the empty set.
   *
   * @throws IllegalArgumentException if {@code text} is not the notation of one value, or is nested
   *     deeper than 100 levels; the message names the index in {@code text}
   */
  public static CborValue parse(String text) {
    return new DiagnosticParser(text).parse();
  }
}
