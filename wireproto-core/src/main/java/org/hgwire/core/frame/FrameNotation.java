// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

/**
 * The text notation of frames that Mercurial's tests use, one frame a line: {@code <request-id>
 * <stream-id> <stream-flags> <type> <flags> <payload>}, as in {@code 1 1 stream-begin
 * command-request new cbor:{b'name': b'heads'}}.
 */
public final class FrameNotation {
  private FrameNotation() {}

  /**
   * Returns {@code frame} as one line. A payload that is whole CBOR values is printed as {@code
   * cbor:…}.
   */
  public static String print(Frame frame) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads one frame.
   *
   * @throws IllegalArgumentException if {@code line} is not the notation of a frame
   */
  public static Frame parse(String line) {
    throw new UnsupportedOperationException();
  }
}
