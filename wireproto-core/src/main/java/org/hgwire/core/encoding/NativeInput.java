// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Lets native code read buffers that hide their array: read-only heap buffers. */
final class NativeInput {
  private static final int PIECE = 16 * 1024;

  private byte @Nullable [] piece;

  /**
   * Returns {@code input} itself if native code can read it, else a copy of its next bytes. The
   * position of {@code input} does not move.
   */
  ByteBuffer next(ByteBuffer input) {
    if (isReadable(input)) {
      return input;
    }
    byte[] copy = piece;
    if (copy == null) {
      copy = new byte[PIECE];
      piece = copy;
    }
    int count = Math.min(copy.length, input.remaining());
    input.get(input.position(), copy, 0, count);
    return ByteBuffer.wrap(copy, 0, count);
  }

  /** Moves {@code input} as far as {@code read}, which {@link #next} returned, has moved. */
  static void advance(ByteBuffer input, ByteBuffer read) {
    if (!isReadable(input)) {
      input.position(input.position() + read.position());
    }
  }

  private static boolean isReadable(ByteBuffer input) {
    return input.isDirect() || input.hasArray();
  }

  /** Frees the copy. */
  void free() {
    piece = null;
  }
}
