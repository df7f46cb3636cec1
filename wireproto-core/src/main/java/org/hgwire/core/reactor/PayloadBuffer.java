// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes collected from the payloads of several frames. It grows with what has arrived, not with
 * what was declared; its user enforces a limit.
 */
final class PayloadBuffer {
  private static final byte[] NOTHING = new byte[0];

  private byte[] bytes = NOTHING;
  private int size;

  void append(ByteBuffer piece) {
    int length = piece.remaining();
    if (length > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, (int) Math.min(size * 2L, 1 << 30)));
    }
    piece.get(piece.position(), bytes, size, length);
    size += length;
  }

  int size() {
    return size;
  }

  /** Returns a view of the bytes, valid until the next call. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /** Drops the bytes and frees their memory. */
  void clear() {
    bytes = NOTHING;
    size = 0;
  }
}
