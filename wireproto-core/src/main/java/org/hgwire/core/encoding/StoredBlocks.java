// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of compressed streams that hold bytes as they are. A flushed stream of an encoder ends
 * at the end of a block, so that they can follow it.
 */
enum StoredBlocks {
  /** RFC 1950 and RFC 1951, 3.2.4. */
  ZLIB {
    @Override
    void begin(ByteBuffer output) {
      output.put((byte) 0x78).put((byte) 0x01);
    }

    @Override
    void head(int length, boolean last, ByteBuffer output) {
      output
          .put((byte) (last ? 1 : 0))
          .put((byte) length)
          .put((byte) (length >> 8))
          .put((byte) ~length)
          .put((byte) (~length >> 8));
    }

    @Override
    void end(long checksum, ByteBuffer output) {
      head(0, true, output);
      output.order(ByteOrder.BIG_ENDIAN).putInt((int) checksum);
    }
  },

  /** RFC 8878, 3.1.1: raw blocks, in a frame without checksum. */
  ZSTD {
    @Override
    void begin(ByteBuffer output) {
      // The magic number, no flags, and a window of 128 KiB.
      output
          .put((byte) 0x28)
          .put((byte) 0xb5)
          .put((byte) 0x2f)
          .put((byte) 0xfd)
          .put((byte) 0)
          .put((byte) ((17 - 10) << 3));
    }

    @Override
    void head(int length, boolean last, ByteBuffer output) {
      int head = (length << 3) | (last ? 1 : 0);
      output.put((byte) head).put((byte) (head >> 8)).put((byte) (head >> 16));
    }

    @Override
    void end(long checksum, ByteBuffer output) {
      head(0, true, output);
    }
  };

  /** Both formats allow as much. */
  private static final int MAX_BLOCK = 32 * 1024;

  /** The longest head of a block. */
  private static final int HEAD = 5;

  /** Returns the format of an encoding, or null if it has none. */
  static @Nullable StoredBlocks of(ContentEncoding encoding) {
    return switch (encoding.name()) {
      case ZlibEncoding.NAME -> ZLIB;
      case Zstd8mbEncoding.NAME -> ZSTD;
      default -> null;
    };
  }

  /** Writes what a stream begins with that no encoder has begun. */
  abstract void begin(ByteBuffer output);

  /** Writes the head of a block. */
  abstract void head(int length, boolean last, ByteBuffer output);

  /** Writes a last, empty block and the end of the stream. */
  abstract void end(long checksum, ByteBuffer output);

  /** Writes a block of as many bytes of {@code input} as fit into {@code output}. */
  final void store(ByteBuffer input, ByteBuffer output) {
    int length = Math.min(Math.min(input.remaining(), MAX_BLOCK), output.remaining() - HEAD);
    head(length, false, output);
    output.put(output.position(), input, input.position(), length);
    output.position(output.position() + length);
    input.position(input.position() + length);
  }
}
