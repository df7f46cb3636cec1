// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import org.hgwire.client.sink.RevisionText;

/**
 * A text in a temporary file, which is gone on close and when the process ends.
 *
 * @param file the file, as {@link org.hgwire.redirects.fetch.TemporaryFile} opens it
 * @param length its length in bytes
 */
record SpilledText(FileChannel file, long length) implements RevisionText, AutoCloseable {
  @Override
  public InputStream open() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        int wanted = (int) Math.min(count, length - position);
        if (wanted == 0) {
          return count == 0 ? 0 : -1;
        }
        int read = file.read(ByteBuffer.wrap(target, offset, wanted), position);
        if (read < 0) {
          throw new EOFException("another process truncated a temporary file");
        }
        position += read;
        return read;
      }

      @Override
      public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, length - position));
        position += skipped;
        return skipped;
      }
    };
  }

  /** Returns the bytes, mapped. */
  MappedByteBuffer map() throws IOException {
    return file.map(FileChannel.MapMode.READ_ONLY, 0, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
