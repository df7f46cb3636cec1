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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hgwire.redirects.fetch.TemporaryFile;
import org.jspecify.annotations.Nullable;

/**
 * A file of entries that is appended to through a buffer, and read at any position. For one thread
 * at a time.
 *
 * <p>An entry is there from {@link #end} on. What a failed write leaves of one, in the buffer or in
 * the file, is dropped by the next {@link #begin} and on close; if the process ends before that, it
 * is an incomplete entry at the end of the file.
 */
final class JournalFile implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;

  /**
   * The files that this process has open. They must not be opened again, even to find them locked:
   * on POSIX systems a process loses a lock when it closes any channel of the file.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;

  /** The file in {@link #OPEN}; null if it is temporary. */
  private final @Nullable Path path;

  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  /** How many bytes were written; the buffer has what follows. */
  private long flushed;

  /** Where the last complete entry ends. */
  private long end;

  private boolean closed;

  private JournalFile(FileChannel channel, @Nullable Path path) throws IOException {
    this.channel = channel;
    this.path = path;
    this.flushed = channel.size();
    this.end = flushed;
  }

  /**
   * Creates a file that is gone on close and when the process ends.
   *
   * @param directory where it is created; null for the platform's directory for temporary files
   */
  static JournalFile temporary(@Nullable Path directory) throws IOException {
    return new JournalFile(TemporaryFile.open(directory), null);
  }

  /**
   * Opens a file of a directory, which is created if it does not exist.
   *
   * @throws IOException if it is in use or cannot be opened
   */
  static JournalFile open(Path directory, String name) throws IOException {
    Path path = directory.toRealPath().resolve(name);
    if (!OPEN.add(path)) {
      throw inUse(path);
    }
    FileChannel channel = null;
    boolean opened = false;
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw inUse(path);
      }
      JournalFile file = new JournalFile(channel, path);
      opened = true;
      return file;
    } catch (OverlappingFileLockException e) {
      throw inUse(path);
    } finally {
      if (!opened) {
        OPEN.remove(path);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static IOException inUse(Path path) {
    return new IOException(path + " is in use by another pull; wait until it is done.");
  }

  /** Returns the length of all complete entries in bytes, including what was not flushed. */
  long length() {
    return end;
  }

  /** Begins an entry, and returns its position. */
  long begin() throws IOException {
    truncate(end);
    return end;
  }

  /** Notes that the entry is complete. */
  void end() {
    end = flushed + buffer.position();
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
  private void flush() throws IOException {
    ByteBuffer pending = buffer.duplicate().flip();
    try {
      while (pending.hasRemaining()) {
        flushed += channel.write(pending, flushed);
      }
    } finally {
      // What a failed write left is written by the next flush.
      buffer.limit(buffer.position()).position(pending.position()).compact();
    }
  }

  /** Writes what was appended to the device, unless the file is temporary. */
  void force() throws IOException {
    if (path != null) {
      flush();
      channel.force(false);
    }
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
    if (length < flushed) {
      channel.truncate(length);
      flushed = length;
      buffer.clear();
    } else {
      buffer.position((int) (length - flushed));
    }
    end = length;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      if (path != null) {
        truncate(end);
        flush();
      }
    } finally {
      if (path != null) {
        OPEN.remove(path);
      }
    }
  }
}
