// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;

/**
 * A way to cut bytes into pieces, as a network does.
 *
 * @param lengths the lengths of the pieces, repeated to the end; 0 is an empty piece
 */
public record Chunking(List<Integer> lengths) {
  /** Checks and copies the list. */
  public Chunking {
    if (lengths.isEmpty() || lengths.stream().anyMatch(length -> length < 0)) {
      throw new IllegalArgumentException("pieces have lengths from 0 on, not " + lengths);
    }
    lengths = List.copyOf(lengths);
  }

  /** Returns the chunking into pieces of one byte. */
  public static Chunking bytewise() {
    return new Chunking(List.of(1));
  }

  /** Cuts {@code bytes}; see {@link #cut(byte[])}. */
  public List<ByteBuffer> cut(ByteString bytes) {
    return cut(bytes.toByteArray());
  }

  /**
   * Cuts {@code bytes}. Pieces are in turn heap buffers, read-only, direct, and with an offset in
   * their array. Of the lengths, the last is taken as at least 1.
   */
  public List<ByteBuffer> cut(byte[] bytes) {
    List<ByteBuffer> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 0; from < bytes.length; i++) {
      int length = lengths.get(i % lengths.size());
      if (i % lengths.size() == lengths.size() - 1) {
        length = Math.max(1, length);
      }
      length = Math.min(length, bytes.length - from);
      pieces.add(piece(ByteBuffer.wrap(bytes).slice(from, length), i));
      from += length;
    }
    return pieces;
  }

  private static ByteBuffer piece(ByteBuffer slice, int kind) {
    int length = slice.remaining();
    return switch (kind % 4) {
      case 0 -> slice;
      case 1 -> slice.asReadOnlyBuffer();
      case 2 -> ByteBuffer.allocateDirect(length).put(slice).flip();
      default -> ByteBuffer.allocate(length + 7).position(3).put(slice).flip().position(3);
    };
  }
}
