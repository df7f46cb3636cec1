// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** Writes one zstd frame with flushes. */
final class ZstdEncoder implements ContentEncoder {
  /** From this level on zstd's default window is larger than 8 MiB. */
  private static final int FIRST_LARGE_LEVEL = 20;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final int level;
  private final NativeInput nativeInput = new NativeInput();

  /** Whether there is input since the last complete flush. */
  private boolean dirty;

  private boolean flushing;
  private boolean closed;

  ZstdEncoder(int level) {
    this.level = level;
    begin();
  }

  private void begin() {
    context.setLevel(level);
    if (level >= FIRST_LARGE_LEVEL) {
      context.setWindowLog(Zstd8mbEncoding.MAX_WINDOW_LOG);
    }
  }

  @Override
  public void encode(ByteBuffer input, ByteBuffer output) {
    requireOpen();
    if (flushing) {
      throw new IllegalStateException("a flush is not complete");
    }
    while (input.hasRemaining() && output.hasRemaining()) {
      dirty = true;
      ByteBuffer read = nativeInput.next(input);
      context.compressByteBufferStream(output, read, EndDirective.CONTINUE);
      NativeInput.advance(input, read);
    }
  }

  @Override
  public boolean flush(ByteBuffer output) {
    requireOpen();
    if (!dirty) {
      return true;
    }
    dirty = !context.compressByteBufferStream(output, ByteBuffer.allocate(0), EndDirective.FLUSH);
    flushing = dirty;
    return !dirty;
  }

  @Override
  public boolean restart() {
    requireOpen();
    context.reset();
    begin();
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
    nativeInput.free();
    context.close();
  }
}
