// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.IOException;
import java.io.InputStream;

/** A chunk as it is stored, read in pieces. Not safe for use by several threads. */
final class ChunkStream extends InputStream {
  private static final int PIECE = 64 * 1024;

  private final RevlogChunks chunks;
  private final int revision;
  private final int length;
  private final StoredChunk piece = new StoredChunk();
  private int position;
  private int taken;

  ChunkStream(RevlogChunks chunks, int revision, int length) {
    this.chunks = chunks;
    this.revision = revision;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    if (taken == piece.length()) {
      if (position == length) {
        return -1;
      }
      int next = Math.min(PIECE, length - position);
      chunks.read(revision, position, next, piece);
      position += next;
      taken = 0;
    }
    int count = Math.min(wanted, piece.length() - taken);
    System.arraycopy(piece.bytes(), piece.offset() + taken, bytes, offset, count);
    taken += count;
    return count;
  }
}
