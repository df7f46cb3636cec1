// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/**
 * The input of a decoder and its current head: the initial byte and the argument, in any number of
 * pieces.
 */
final class HeadReader {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private ByteBuffer input = NONE;
  private long fed;
  private boolean begun;

  /** The offset of the initial byte in all that was fed. */
  private long offset;

  private int initial;
  private long argument;
  private int missing;

  /** Sets the next input; all input before it was read. */
  void feed(ByteBuffer next) {
    input = next.asReadOnlyBuffer();
    fed += input.remaining();
  }

  int remaining() {
    return input.remaining();
  }

  /** Returns the offset of the next byte in all that was fed. */
  long position() {
    return fed - input.remaining();
  }

  /** Returns whether the initial byte of a head was read, but not its whole argument. */
  boolean insideHead() {
    return begun;
  }

  /** Reads the initial byte of a head; returns false if it has not arrived. */
  boolean begin() {
    if (!input.hasRemaining()) {
      return false;
    }
    offset = position();
    initial = input.get() & 0xff;
    int info = info();
    missing = info >= 24 && info <= 27 ? 1 << (info - 24) : 0;
    argument = info < 24 ? info : 0;
    begun = true;
    return true;
  }

  /** Reads the argument of the current head; returns false if it has not all arrived. */
  boolean finish() {
    while (missing > 0) {
      if (!input.hasRemaining()) {
        return false;
      }
      argument = argument << 8 | (input.get() & 0xff);
      missing--;
    }
    begun = false;
    return true;
  }

  int initial() {
    return initial;
  }

  /** Returns the major type, 0 to 7. */
  int major() {
    return initial >> 5;
  }

  /** Returns the additional information, 0 to 31. */
  int info() {
    return initial & 0x1f;
  }

  /** Returns the 64 bits of the argument. */
  long argument() {
    return argument;
  }

  /** Returns the size of the current head in bytes. */
  int size() {
    int info = info();
    return info >= 24 && info <= 27 ? 1 + (1 << (info - 24)) : 1;
  }

  /** Returns an error that names the offset of the head. */
  WireProtocolException fault(WireErrorCode code, String what) {
    return WireProtocolException.request(code, "CBOR at byte " + offset + ": " + what);
  }

  WireProtocolException malformed(String what) {
    return fault(WireErrorCode.MALFORMED, what);
  }

  /** Returns a copy of the next {@code length} bytes, which are available. */
  ByteString copy(int length) {
    int limit = input.limit();
    input.limit(input.position() + length);
    ByteString copy = ByteString.copyOf(input);
    input.position(input.limit()).limit(limit);
    return copy;
  }

  /** Copies the next {@code length} bytes, which are available, into {@code target}. */
  void copy(byte[] target, int at, int length) {
    input.get(target, at, length);
  }

  /** Returns a read-only view of the next {@code length} bytes, which are available. */
  ByteBuffer slice(int length) {
    ByteBuffer slice = input.slice(input.position(), length);
    input.position(input.position() + length);
    return slice;
  }
}
