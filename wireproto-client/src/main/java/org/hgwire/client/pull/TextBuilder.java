// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.redirects.fetch.TemporaryFile;
import org.jspecify.annotations.Nullable;

/**
 * Builds a text of known length, in memory if it is short, else in a temporary file, and hashes it
 * meanwhile.
 */
final class TextBuilder implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final @Nullable NodeHasher hasher;
  private final long length;
  private final byte[] memory;
  private final @Nullable FileChannel file;
  private long written;
  private boolean finished;

  /**
   * Makes a builder.
   *
   * @param length the length of the text in bytes
   * @param hasher what hashes the bytes, or null
   */
  TextBuilder(long length, @Nullable NodeHasher hasher, PullOptions options) throws IOException {
    if (length > Integer.MAX_VALUE) {
      throw WireProtocolException.request(
          WireErrorCode.LIMIT,
          "a text of " + length + " bytes is longer than the 2 GiB that a revision may have");
    }
    this.length = length;
    this.hasher = hasher;
    if (length <= options.textInMemory()) {
      memory = new byte[(int) length];
      file = null;
    } else {
      memory = new byte[0];
      file = TemporaryFile.open(options.directory());
    }
  }

  /** Appends the remaining bytes of {@code bytes}. */
  void write(ByteBuffer bytes) throws IOException {
    byte[] piece = new byte[Math.min(bytes.remaining(), BUFFER)];
    while (bytes.hasRemaining()) {
      int count = Math.min(piece.length, bytes.remaining());
      bytes.get(piece, 0, count);
      write(piece, count);
    }
  }

  /**
   * Appends {@code count} bytes of {@code in}.
   *
   * @throws IllegalStateException if it ends before
   */
  void write(InputStream in, long count) throws IOException {
    byte[] piece = new byte[(int) Math.min(Math.max(count, 1), BUFFER)];
    long left = count;
    while (left > 0) {
      int read = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (read < 0) {
        throw new IllegalStateException("a text ended " + left + " bytes too soon");
      }
      write(piece, read);
      left -= read;
    }
  }

  private void write(byte[] bytes, int count) throws IOException {
    if (count > length - written) {
      throw new IllegalStateException("more bytes than the length of the text");
    }
    if (hasher != null) {
      hasher.update(ByteBuffer.wrap(bytes, 0, count));
    }
    if (file != null) {
      ByteBuffer left = ByteBuffer.wrap(bytes, 0, count);
      while (left.hasRemaining()) {
        file.write(left);
      }
    } else {
      System.arraycopy(bytes, 0, memory, (int) written, count);
    }
    written += count;
  }

  /** Returns the text, which the caller closes if it is {@link AutoCloseable}. */
  RevisionText finish() throws IOException {
    if (written != length) {
      throw new IllegalStateException(written + " bytes of " + length + " were written");
    }
    if (file == null) {
      return new MemoryText(memory);
    }
    finished = true;
    return new SpilledText(file, length);
  }

  /** Deletes the file, unless the text was finished. */
  @Override
  public void close() throws IOException {
    if (file != null && !finished) {
      file.close();
    }
  }
}
