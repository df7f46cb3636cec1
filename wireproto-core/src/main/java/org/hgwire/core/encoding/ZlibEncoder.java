// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Writes one zlib stream with sync flushes. */
final class ZlibEncoder implements ContentEncoder {
  /**
   * The size of a buffer that deflate writes to first: a flush into less than seven bytes of room
   * would write its marker repeatedly.
   */
  private static final int ROOM = 8 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final Deflater deflater;
  private final ByteBuffer deflated = ByteBuffer.allocate(ROOM).limit(0);

  /** Whether there is input since the last complete flush. */
  private boolean dirty;

  private boolean flushing;
  private boolean closed;

  ZlibEncoder(int level) {
    deflater = new Deflater(level);
  }

  @Override
  public void encode(ByteBuffer input, ByteBuffer output) {
    requireOpen();
    if (flushing) {
      throw new IllegalStateException("a flush is not complete");
    }
    drain(output);
    while (input.hasRemaining() && output.hasRemaining()) {
      dirty = true;
      deflater.setInput(input);
      deflate(Deflater.NO_FLUSH);
      drain(output);
    }
    deflater.setInput(NOTHING);
  }

  @Override
  public boolean flush(ByteBuffer output) {
    requireOpen();
    drain(output);
    flushing = dirty || deflated.hasRemaining();
    while (dirty && output.hasRemaining()) {
      // If deflate left room, everything is written.
      dirty = deflate(Deflater.SYNC_FLUSH) == ROOM;
      drain(output);
    }
    flushing = dirty || deflated.hasRemaining();
    return !flushing;
  }

  private int deflate(int flush) {
    deflated.clear();
    int count = deflater.deflate(deflated, flush);
    deflated.flip();
    return count;
  }

  private void drain(ByteBuffer output) {
    int count = Math.min(deflated.remaining(), output.remaining());
    output.put(output.position(), deflated, deflated.position(), count);
    output.position(output.position() + count);
    deflated.position(deflated.position() + count);
  }

  @Override
  public boolean restart() {
    requireOpen();
    deflater.reset();
    deflated.limit(0);
    dirty = false;
    flushing = false;
    return true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the content encoder is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    deflater.end();
  }
}
