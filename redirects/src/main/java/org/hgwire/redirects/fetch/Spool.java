// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a content that wait to be verified: up to 64 KiB in memory, more in a temporary file
 * that only its owner can read, and that is deleted on close. What was taken is forgotten: the file
 * begins anew when it was read to its end. Not safe for use by several threads.
 */
final class Spool implements AutoCloseable {
  private static final int PIECE = 64 * 1024;
  private static final int WASTE = 1024 * 1024;

  private final @Nullable Path directory;
  private final long mostBytes;
  private @Nullable Path path;
  private @Nullable FileChannel channel;
  private @Nullable ByteBuffer piece;

  /** What waits while there is no file. */
  private @Nullable ByteBuffer memory;

  /** Where in the content the file or the memory begins. */
  private long start;

  private long taken;
  private long end;

  Spool(@Nullable Path directory, long mostBytes) {
    this.directory = directory;
    this.mostBytes = mostBytes;
  }

  /** Appends all of {@code bytes}. */
  void append(ByteBuffer bytes) throws RedirectException {
    if (taken == end) {
      start = end;
    } else if (taken - start > WASTE && end - taken <= PIECE) {
      moveToFront();
    }
    if (channel == null && end - start + bytes.remaining() <= PIECE) {
      ByteBuffer kept = memory();
      int count = bytes.remaining();
      kept.put((int) (end - start), bytes, bytes.position(), count);
      bytes.position(bytes.limit());
      end += count;
      return;
    }
    if (end - start + bytes.remaining() > mostBytes) {
      throw new RedirectException(
          RedirectFault.NO_ROOM,
          "The content is longer than the "
              + mostBytes
              + " bytes that a temporary file may take; allow more.");
    }
    try {
      FileChannel file = file();
      while (bytes.hasRemaining()) {
        end += file.write(bytes, end - start);
      }
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

  /** Returns the next bytes, at most {@code most} and 64 KiB; valid until the next call. */
  ByteBuffer take(long most) throws RedirectException {
    if (channel == null) {
      int count = (int) Math.min(most, end - taken);
      ByteBuffer part = memory().slice((int) (taken - start), count);
      taken += count;
      return part;
    }
    ByteBuffer buffer = piece;
    if (buffer == null) {
      buffer = ByteBuffer.allocate(PIECE);
      piece = buffer;
    }
    buffer.clear().limit((int) Math.min(Math.min(most, PIECE), end - taken));
    try {
      FileChannel file = file();
      while (buffer.hasRemaining()) {
        int count = file.read(buffer, taken - start);
        if (count < 0) {
          throw new IOException("the temporary file was cut by somebody else");
        }
        taken += count;
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
    return buffer.flip();
  }

  /** Forgets what was appended after the first {@code length} bytes of the content. */
  void truncate(long length) {
    end = Math.max(taken, length);
  }

  /** Makes room where small pieces are left over again and again. */
  private void moveToFront() throws RedirectException {
    long from = taken;
    ByteBuffer rest = take(end - taken);
    taken = from;
    start = from;
    try {
      long position = 0;
      while (rest.hasRemaining()) {
        position += file().write(rest, position);
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private FileChannel file() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      return open;
    }
    // Files.createTempFile gives the file to its owner alone where the platform can.
    Path made =
        directory == null
            ? Files.createTempFile("hgwire", ".content")
            : Files.createTempFile(directory, "hgwire", ".content");
    path = made;
    Set<StandardOpenOption> how =
        EnumSet.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    FileChannel file = FileChannel.open(made, how);
    channel = file;
    ByteBuffer before = memory;
    if (before != null) {
      memory = null;
      before.clear().limit((int) (end - start));
      for (long at = 0; before.hasRemaining(); ) {
        at += file.write(before, at);
      }
    }
    return file;
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
    FileChannel open = channel;
    Path made = path;
    channel = null;
    path = null;
    memory = null;
    try {
      if (open != null) {
        open.close();
      }
      if (made != null) {
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      // Nobody reads it any more; a file that cannot be deleted is the platform's to clean.
      return;
    }
  }
}
