// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The input of a decoder, fed in pieces. A requested range is returned as a slice if it lies in one
 * piece, else as a copy that grows with what was received.
 */
final class ByteInput {
  private static final byte[] NO_BYTES = new byte[0];
  private static final int FIRST_PIECE = 256;

  private ByteBuffer input = ByteBuffer.wrap(NO_BYTES);
  private long fed;
  private byte[] cut = NO_BYTES;
  private int cutLength;

  /** Sets the next input, whose position does not change; all input before it was read. */
  void feed(ByteBuffer next) {
    input = next.asReadOnlyBuffer();
    fed += next.remaining();
  }

  boolean hasRemaining() {
    return input.hasRemaining();
  }

  /** Returns the offset, in all that was fed, of the first byte that was not returned. */
  long position() {
    return fed - input.remaining() - cutLength;
  }

  /** Returns the offset after all that was fed. */
  long end() {
    return fed;
  }

  /**
   * Returns the next {@code length} bytes, read-only and valid until the next call, or null if they
   * were not all fed yet; then the same length must be requested again.
   */
  @Nullable ByteBuffer take(int length) {
    if (cutLength == 0 && input.remaining() >= length) {
      return piece(length);
    }
    int taken = Math.min(input.remaining(), length - cutLength);
    int needed = cutLength + taken;
    if (needed > cut.length) {
      int grown = Math.max(needed, Math.max(FIRST_PIECE, 2 * cut.length));
      cut = Arrays.copyOf(cut, Math.min(grown, Math.max(length, FIRST_PIECE)));
    }
    input.get(cut, cutLength, taken);
    cutLength = needed;
    if (cutLength < length) {
      return null;
    }
    cutLength = 0;
    return ByteBuffer.wrap(cut, 0, length).asReadOnlyBuffer();
  }

  /** Returns the next bytes of the input, at most {@code max}: a slice, which may be empty. */
  ByteBuffer piece(int max) {
    int length = Math.min(max, input.remaining());
    ByteBuffer piece = input.slice(input.position(), length);
    input.position(input.position() + length);
    return piece;
  }

  /** Drops all that was fed. */
  void drop() {
    input = ByteBuffer.wrap(NO_BYTES);
    cut = NO_BYTES;
    cutLength = 0;
  }
}
