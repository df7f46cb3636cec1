// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The input of a decoder, fed in pieces: gives out what was asked for whole, as a slice where it
 * lies whole in a piece, else as a copy that grows with what was received.
 */
final class ByteInput {
  private static final byte[] NO_BYTES = new byte[0];
  private static final int FIRST_PIECE = 256;

  private ByteBuffer input = ByteBuffer.wrap(NO_BYTES);
  private long fed;
  private byte[] cut = NO_BYTES;
  private int cutLength;

  /** Adds {@code next}, whose position does not change, when all before it was read. */
  void feed(ByteBuffer next) {
    input = next.asReadOnlyBuffer();
    fed += next.remaining();
  }

  boolean hasRemaining() {
    return input.hasRemaining();
  }

  /** Returns the offset, in all that was fed, of the first byte that was not given out. */
  long position() {
    return fed - input.remaining() - cutLength;
  }

  /** Returns the offset after all that was fed. */
  long end() {
    return fed;
  }

  /**
   * Returns the next {@code length} bytes, read-only and valid until the next call, or null until
   * all of them were fed. The same length must be asked for again then.
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

  /** Returns the next bytes of what was fed, at most {@code most}: a slice, perhaps empty. */
  ByteBuffer piece(int most) {
    int length = Math.min(most, input.remaining());
    ByteBuffer piece = input.slice(input.position(), length);
    input.position(input.position() + length);
    return piece;
  }

  /** Forgets all that was fed. */
  void drop() {
    input = ByteBuffer.wrap(NO_BYTES);
    cut = NO_BYTES;
    cutLength = 0;
  }
}
