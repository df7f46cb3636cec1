// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A queue of bytes in a {@link TemporaryFile}, which is gone on close and when the process ends. It
 * can be read while it is written.
 *
 * <p>The file stays small while the reader keeps up: it is truncated when it was read to its end,
 * and when at most 64 KiB remain behind more than 1 MiB that was read, they are moved to its
 * beginning. Not safe for use by several threads.
 */
public final class SpillFile implements AutoCloseable {
  private static final int MAX_MOVED = 64 * 1024;
  private static final int MIN_WASTE = 1024 * 1024;

  private final FileChannel channel;
  private long readPosition;
  private long writePosition;

  private SpillFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Creates an empty file.
   *
   * @param directory where to create it; null for the platform's directory for temporary files
   * @throws IOException if it cannot be created
   */
  public static SpillFile create(@Nullable Path directory) throws IOException {
    return new SpillFile(TemporaryFile.open(directory));
  }

  /** Returns how many bytes of the disk the file takes: those to be read, and those before them. */
  public long length() {
    return writePosition;
  }

  /** Returns the length that the platform knows, which is {@link #length()} after each call. */
  long sizeOnDisk() throws IOException {
    return channel.size();
  }

  /** Returns how many bytes are left to be read. */
  public long remaining() {
    return writePosition - readPosition;
  }

  /** Returns whether no bytes are left to be read. */
  public boolean isEmpty() {
    return readPosition == writePosition;
  }

  /**
   * Appends all of {@code data}, and advances its position to its limit.
   *
   * @throws IOException if the file cannot be written, for example because the disk is full; then
   *     nothing was appended
   */
  public void append(ByteBuffer data) throws IOException {
    if (readPosition > MIN_WASTE && remaining() <= MAX_MOVED) {
      moveToFront();
    }
    long end = writePosition;
    while (data.hasRemaining()) {
      end += channel.write(data, end);
    }
    writePosition = end;
  }

  private void moveToFront() throws IOException {
    ByteBuffer rest = ByteBuffer.allocate((int) remaining());
    fill(rest, readPosition);
    rest.flip();
    long length = 0;
    while (rest.hasRemaining()) {
      length += channel.write(rest, length);
    }
    channel.truncate(length);
    readPosition = 0;
    writePosition = length;
  }

  /**
   * Takes the next bytes out of the queue: fills {@code target}, or as much of it as there are
   * bytes.
   *
   * @return how many bytes were put into {@code target}
   * @throws IOException if the file cannot be read
   */
  public int read(ByteBuffer target) throws IOException {
    int count = (int) Math.min(target.remaining(), remaining());
    int limit = target.limit();
    fill(target.limit(target.position() + count), readPosition);
    target.limit(limit);
    readPosition += count;
    clearIfEmpty();
    return count;
  }

  private void fill(ByteBuffer target, long position) throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, next);
      if (count < 0) {
        throw new IOException("another process truncated a temporary file");
      }
      next += count;
    }
  }

  /**
   * Drops the bytes that were appended last.
   *
   * @param bytes how many, at most {@link #remaining()}
   * @throws IOException if the file cannot be truncated
   */
  public void dropLast(long bytes) throws IOException {
    if (bytes < 0 || bytes > remaining()) {
      throw new IllegalArgumentException(
          "cannot drop " + bytes + " of the " + remaining() + " bytes that remain");
    }
    writePosition -= bytes;
    channel.truncate(writePosition);
    clearIfEmpty();
  }

  /**
   * Drops all bytes that are left to be read.
   *
   * @throws IOException if the file cannot be truncated
   */
  public void clear() throws IOException {
    readPosition = 0;
    writePosition = 0;
    channel.truncate(0);
  }

  private void clearIfEmpty() throws IOException {
    if (isEmpty() && writePosition > 0) {
      clear();
    }
  }

  /** Deletes the file. May be called again. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
