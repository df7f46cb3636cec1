// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

/** Diagnostic notation of values (RFC 8949, section 8). */
public final class DiagnosticNotation {
  private DiagnosticNotation() {}

  /** Returns {@code value} without white space: {@code {h'61':1}}, {@code 258([1,h''])}. */
  public static String print(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads one value, with any white space. Besides {@code h'…'} for byte strings it takes {@code
   * 'text'} (RFC 8610, appendix G) and {@code b'text'} as in Mercurial's frame notation.
   *
   * @throws IllegalArgumentException if {@code text} is not the notation of one value
   */
  public static CborValue parse(String text) {
    throw new UnsupportedOperationException();
  }
}
