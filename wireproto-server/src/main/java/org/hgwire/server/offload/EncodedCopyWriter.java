// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.server.EncodedObjects;

/**
 * Writes an {@link EncodedCopy}: one context of a content encoding, flushed after each block, so
 * that it can be left there. Has a buffer of a block.
 */
final class EncodedCopyWriter {
  private final ContentEncoder encoder;
  private final FileChannel file;
  private final ByteBuffer block = ByteBuffer.allocate(CopyBlock.HEADER + CopyBlock.MAX_ENCODED);
  private long position;
  private int decoded;

  EncodedCopyWriter(ContentEncoder encoder, FileChannel file) {
    this.encoder = encoder;
    this.file = file;
    block.position(CopyBlock.HEADER);
  }

  /**
   * Writes all of a response.
   *
   * @return whether it is shorter by a tenth than the response; if not, it is of no use
   * @throws InterruptedIOException if the thread was interrupted
   * @throws IOException if the response cannot be read, or the file not be written
   */
  boolean write(EncodedObjects objects) throws IOException {
    for (ByteBuffer piece = objects.next(); piece != null; piece = objects.next()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      while (piece.hasRemaining()) {
        int count = Math.min(piece.remaining(), CopyBlock.DECODED - decoded);
        ByteBuffer part = piece.slice(piece.position(), count);
        piece.position(piece.position() + count);
        encoder.encode(part, block);
        decoded += count;
        if (part.hasRemaining() || (decoded == CopyBlock.DECODED && !endBlock())) {
          return false;
        }
      }
    }
    return (decoded == 0 || endBlock()) && file.position() < position - position / 10;
  }

  /** Writes the block; returns false if there is no room for all that is encoded. */
  private boolean endBlock() throws IOException {
    if (!encoder.flush(block)) {
      return false;
    }
    int encoded = block.position() - CopyBlock.HEADER;
    new CopyBlock(position, decoded, encoded).write(block);
    block.flip();
    while (block.hasRemaining()) {
      file.write(block);
    }
    position += decoded;
    decoded = 0;
    block.clear().position(CopyBlock.HEADER);
    return true;
  }
}
