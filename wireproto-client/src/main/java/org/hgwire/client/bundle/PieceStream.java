// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream of bytes that come in pieces. */
final class PieceStream extends InputStream {
  /** The source of the pieces. */
  interface Pieces {
    /** Returns the next piece, valid until the next call; or null at the end. */
    @Nullable ByteBuffer next() throws IOException;
  }

  private final Pieces pieces;
  private @Nullable ByteBuffer piece;

  /** Makes a stream of {@code first} and then of {@code pieces}. */
  PieceStream(ByteBuffer first, Pieces pieces) {
    this.piece = first;
    this.pieces = pieces;
  }

  @Override
  public int read() throws IOException {
    ByteBuffer current = present();
    return current == null ? -1 : current.get() & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    ByteBuffer current = present();
    if (current == null) {
      return -1;
    }
    int read = Math.min(count, current.remaining());
    current.get(target, offset, read);
    return read;
  }

  /** Reads to the end. */
  void skipRest() throws IOException {
    while (piece != null) {
      piece = pieces.next();
    }
  }

  private @Nullable ByteBuffer present() throws IOException {
    ByteBuffer current = piece;
    while (current != null && !current.hasRemaining()) {
      current = pieces.next();
      piece = current;
    }
    return current;
  }
}
