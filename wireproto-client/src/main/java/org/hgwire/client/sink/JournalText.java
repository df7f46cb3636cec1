// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A text in a journal.
 *
 * @param file the journal
 * @param start where the text begins
 * @param length its length in bytes
 */
record JournalText(JournalFile file, long start, long length) implements RevisionText {
  private static final int BUFFER = 64 * 1024;

  @Override
  public InputStream open() {
    return new InputStream() {
      private final ByteBuffer buffer =
          ByteBuffer.allocate((int) Math.min(BUFFER, length)).limit(0);
      private long left = length;

      @Override
      public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
      }

      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
          return 0;
        }
        if (!fill()) {
          return -1;
        }
        int read = Math.min(count, buffer.remaining());
        buffer.get(target, offset, read);
        return read;
      }

      @Override
      public long skip(long count) {
        int buffered = (int) Math.max(0, Math.min(count, buffer.remaining()));
        buffer.position(buffer.position() + buffered);
        long beyond = Math.max(0, Math.min(count - buffered, left));
        left -= beyond;
        return buffered + beyond;
      }

      private boolean fill() throws IOException {
        if (!buffer.hasRemaining() && left > 0) {
          buffer.clear().limit((int) Math.min(buffer.capacity(), left));
          file.read(start + length - left, buffer);
          left -= buffer.position();
          buffer.flip();
        }
        return buffer.hasRemaining();
      }
    };
  }
}
