// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of content that wait to be verified: up to 64 KiB in memory, more in a {@link
 * SpillFile}. Not safe for use by several threads.
 */
final class UnverifiedBytes implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  private final @Nullable Path directory;
  private final long maxBytes;

  /** All bytes once they do not fit into memory. */
  private @Nullable SpillFile file;

  /** The bytes from {@link #start} on while there is no file. */
  private @Nullable ByteBuffer memory;

  private @Nullable ByteBuffer piece;

  /** Positions in the content: where the memory begins, what was taken, what was appended. */
  private long start;

  private long taken;
  private long end;

  /**
   * Makes an empty queue.
   *
   * @param directory where the file is created; null for the platform's
   * @param maxBytes how long the file may become
   */
  UnverifiedBytes(@Nullable Path directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  /** Appends all of {@code bytes}, and advances their position. */
  void append(ByteBuffer bytes) throws RedirectException {
    if (taken == end) {
      start = end;
    }
    int count = bytes.remaining();
    if (file == null && end - start + count <= PIECE) {
      memory().put((int) (end - start), bytes, bytes.position(), count);
      bytes.position(bytes.limit());
      end += count;
      return;
    }
    long length = file == null ? end - taken : file.length();
    if (length + count > maxBytes) {
      throw new RedirectException(
          RedirectFault.NO_ROOM,
          "The content is longer than the "
              + maxBytes
              + " bytes that a temporary file may take; allow more.");
    }
    try {
      spill().append(bytes);
      end += count;
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private ByteBuffer memory() {
    ByteBuffer kept = memory;
    if (kept == null) {
      kept = ByteBuffer.allocate(PIECE);
      memory = kept;
    }
    return kept;
  }

  /** Returns the next bytes, at most {@code max} and 64 KiB; valid until the next call. */
  ByteBuffer take(long max) throws RedirectException {
    int count = (int) Math.min(Math.min(max, PIECE), end - taken);
    SpillFile spilled = file;
    if (spilled == null) {
      ByteBuffer part = memory().slice((int) (taken - start), count);
      taken += count;
      return part;
    }
    ByteBuffer buffer = piece;
    if (buffer == null) {
      buffer = ByteBuffer.allocate(PIECE);
      piece = buffer;
    }
    try {
      taken += spilled.read(buffer.clear().limit(count));
    } catch (IOException e) {
      throw noRoom(e);
    }
    return buffer.flip();
  }

  /** Drops what was appended after the first {@code length} bytes of the content. */
  void truncate(long length) throws RedirectException {
    long kept = Math.max(taken, length);
    SpillFile spilled = file;
    if (spilled != null) {
      try {
        spilled.dropLast(end - kept);
      } catch (IOException e) {
        throw noRoom(e);
      }
    }
    end = kept;
  }

  /** Returns the file; the first time what is in memory goes there. */
  private SpillFile spill() throws IOException {
    SpillFile spilled = file;
    if (spilled == null) {
      spilled = SpillFile.create(directory);
      file = spilled;
      ByteBuffer before = memory;
      if (before != null) {
        spilled.append(before.slice((int) (taken - start), (int) (end - taken)));
        memory = null;
      }
    }
    return spilled;
  }

  private static RedirectException noRoom(IOException e) {
    return new RedirectException(
        RedirectFault.NO_ROOM,
        "The content cannot be kept in a temporary file ("
            + PeerText.line(String.valueOf(e.getMessage()))
            + "); make room, or name another directory.",
        e);
  }

  @Override
  public void close() {
    SpillFile spilled = file;
    file = null;
    memory = null;
    if (spilled != null) {
      try {
        spilled.close();
      } catch (IOException e) {
        // Nobody reads it any more; the platform cleans up a file that cannot be deleted.
        return;
      }
    }
  }
}
