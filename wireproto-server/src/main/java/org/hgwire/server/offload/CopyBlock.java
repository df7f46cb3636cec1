// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of a block in an {@link EncodedCopy}: before the encoded bytes, their checksum, which
 * covers the rest of the header, then where the block begins in the response, how many bytes of it
 * are in the block, and how many these are encoded.
 *
 * @param position where the block begins in the response
 * @param decodedBytes how many bytes of the response it has
 * @param encodedBytes how many encoded bytes follow
 */
record CopyBlock(long position, int decodedBytes, int encodedBytes) {
  /** The size of a header in bytes. */
  static final int HEADER = 20;

  /** How many bytes of the response a block has, except the last one: what zstd takes at once. */
  static final int DECODED = 128 * 1024;

  /** How many encoded bytes a block has at most: what cannot be compressed becomes longer. */
  static final int MAX_ENCODED = DECODED + 4 * 1024;

  private static final int CHECKED_FROM = 4;

  /** Reads the header at the beginning of a buffer. */
  static CopyBlock read(ByteBuffer at) {
    return new CopyBlock(at.getLong(CHECKED_FROM), at.getInt(12), at.getInt(16));
  }

  /** Writes the header in front of the encoded bytes, for which the buffer has room left. */
  void write(ByteBuffer block) {
    block.putLong(CHECKED_FROM, position).putInt(12, decodedBytes).putInt(16, encodedBytes);
    block.putInt(0, checksum(block));
  }

  /** Returns whether this can be the block at a position of a response of {@code size} bytes. */
  boolean isAt(long expected, long size) {
    return position == expected
        && decodedBytes > 0
        && decodedBytes <= Math.min(DECODED, size - expected)
        && encodedBytes > 0
        && encodedBytes <= MAX_ENCODED;
  }

  /** Returns whether the bytes after the header are those that were written. */
  boolean isIntact(ByteBuffer block) {
    return block.getInt(0) == checksum(block);
  }

  private int checksum(ByteBuffer block) {
    CRC32C checksum = new CRC32C();
    checksum.update(block.slice(CHECKED_FROM, HEADER - CHECKED_FROM + encodedBytes));
    return (int) checksum.getValue();
  }
}
