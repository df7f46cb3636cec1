// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hgwire.store.write.WriteFault;

/**
 * A file that is only appended to, and read mostly from its start to its end. Holds up to 64 KiB
 * that are to be written, and 8 KiB that were read. Not safe for use by several threads.
 */
final class AppendedFile implements Closeable {
  private static final int PENDING = 64 * 1024;
  private static final int NEAR = 8 * 1024;

  private final Path path;
  private final FileChannel file;

  /** What follows the bytes in the file. */
  private final ByteBuffer pending = ByteBuffer.allocate(PENDING);

  /** What was read last, with what follows it in the file. */
  private final ByteBuffer near = ByteBuffer.allocate(NEAR).limit(0);

  private long nearFrom;
  private long flushed;

  /**
   * Takes over a file.
   *
   * @param path where it is, for errors
   * @param file the file, closed with this
   */
  AppendedFile(Path path, FileChannel file) throws IOException {
    this.path = path;
    this.file = file;
    this.flushed = file.size();
  }

  /** Returns how many bytes there are, written or not. */
  long length() {
    return flushed + pending.position();
  }

  /** Keeps the first bytes. */
  void truncate(long length) throws IOException {
    if (length >= flushed) {
      pending.position(Math.toIntExact(length - flushed));
      return;
    }
    pending.clear();
    near.limit(0);
    file.truncate(length);
    flushed = length;
  }

  /** Appends the bytes from the position to the limit. */
  void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (!pending.hasRemaining()) {
        flush();
      }
      int count = Math.min(pending.remaining(), bytes.remaining());
      pending.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
    }
  }

  /** Writes everything to the file. */
  void flush() throws IOException {
    ByteBuffer rest = pending.duplicate().flip();
    try {
      while (rest.hasRemaining()) {
        flushed += file.write(rest, flushed);
      }
    } catch (IOException e) {
      throw WriteFault.of(path, e);
    } finally {
      // What a failed write left is written by the next flush.
      pending.limit(pending.position()).position(rest.position()).compact();
    }
  }

  /** Returns {@code length} bytes, which the caller may keep. */
  byte[] read(long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (from >= flushed) {
      pending.get((int) (from - flushed), bytes);
      return bytes;
    }
    if (from + length > flushed) {
      flush();
    }
    if (length > NEAR) {
      fill(ByteBuffer.wrap(bytes), from, length);
      return bytes;
    }
    if (from < nearFrom || from + length > nearFrom + near.limit()) {
      near.clear();
      try {
        fill(near, from, length);
      } finally {
        near.flip();
        nearFrom = from;
      }
    }
    near.get((int) (from - nearFrom), bytes);
    return bytes;
  }

  /** Reads at least {@code length} bytes, and what comes with them. */
  private void fill(ByteBuffer into, long from, int length) throws IOException {
    while (into.position() < length) {
      if (file.read(into, from + into.position()) < 0) {
        throw new EOFException("another process truncated the file " + path);
      }
    }
  }

  /** Writes everything to the file, and closes it. */
  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
