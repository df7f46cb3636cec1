// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is appended to through a buffer, and read at any position. For one thread at a time.
 */
final class JournalFile implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long flushed;

  private JournalFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.flushed = channel.size();
  }

  /**
   * Opens a file, which is created if it does not exist.
   *
   * @throws IOException if it is in use or cannot be opened
   */
  static JournalFile open(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean opened = false;
    try {
      if (!lock(channel)) {
        throw new IOException(path + " is in use by another pull; wait until it is done.");
      }
      JournalFile file = new JournalFile(channel);
      opened = true;
      return file;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Returns the length in bytes, including what was not flushed. */
  long length() {
    return flushed + buffer.position();
  }

  /** Appends the remaining bytes of {@code bytes}. */
  void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int count = Math.min(buffer.remaining(), bytes.remaining());
      buffer.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
    }
  }

  /** Appends {@code length} bytes of {@code in}. */
  void append(InputStream in, long length) throws IOException {
    long left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int max = (int) Math.min(buffer.remaining(), left);
      int count = in.read(buffer.array(), buffer.position(), max);
      if (count < 0) {
        throw new EOFException("a text is shorter than its length");
      }
      buffer.position(buffer.position() + count);
      left -= count;
    }
  }

  /** Writes what was appended to the file. */
  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      flushed += channel.write(buffer, flushed);
    }
    buffer.clear();
  }

  /** Writes what was appended to the device. */
  void force() throws IOException {
    flush();
    channel.force(false);
  }

  /** Reads at {@code position} until {@code target} is full. */
  void read(long position, ByteBuffer target) throws IOException {
    if (position + target.remaining() > flushed) {
      flush();
    }
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException("the journal ends before byte " + (at + target.remaining()));
      }
      at += count;
    }
  }

  /** Drops everything from {@code length} on. */
  void truncate(long length) throws IOException {
    flush();
    channel.truncate(length);
    flushed = length;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }
}
