// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import java.io.IOException;
import java.io.InputStream;

/** The text of a revision, read from the database piece by piece; one piece is held in memory. */
final class PieceStream extends InputStream {
  /** The length in bytes of each piece but the last. */
  static final int PIECE_SIZE = 256 * 1024;

  private final Database database;
  private final long revision;
  private final long pieces;
  private long next;
  private byte[] piece = {};
  private int position;

  PieceStream(Database database, long revision, long size) {
    this.database = database;
    this.revision = revision;
    this.pieces = (size + PIECE_SIZE - 1) / PIECE_SIZE;
  }

  @Override
  public int read() throws IOException {
    return available() > 0 || nextPiece() ? piece[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length > 0 && available() == 0 && !nextPiece()) {
      return -1;
    }
    int count = Math.min(length, available());
    System.arraycopy(piece, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return piece.length - position;
  }

  private boolean nextPiece() throws IOException {
    if (next == pieces) {
      return false;
    }
    byte[] found =
        database.first(
            row -> row.getBytes(1),
            "SELECT bytes FROM piece WHERE revision = ? AND number = ?",
            revision,
            next);
    if (found == null) {
      throw new IOException("piece " + next + " of revision " + revision + " is missing");
    }
    next++;
    piece = found;
    position = 0;
    return true;
  }
}
