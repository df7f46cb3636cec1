// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A queue of bytes in a temporary file that only its owner can read; deleted on close. A file that
 * was read up to its end begins anew, so it does not grow while the reader keeps up. Its length
 * counts against a budget. Not safe for use by several threads.
 */
final class SpillFile implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final ByteBudget disk;
  private long readPosition;
  private long writePosition;
  private long taken;

  private SpillFile(Path path, FileChannel channel, ByteBudget disk) {
    this.path = path;
    this.channel = channel;
    this.disk = disk;
  }

  /** Makes a new file in {@code directory}, or in that of the platform if it is null. */
  static SpillFile create(@Nullable Path directory, ByteBudget disk) throws IOException {
    // Files.createTempFile gives the file to its owner alone where the platform can.
    Path path =
        directory == null
            ? Files.createTempFile("hgwire", ".spill")
            : Files.createTempFile(directory, "hgwire", ".spill");
    try {
      return new SpillFile(
          path,
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE),
          disk);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Returns how long the file is on disk. */
  long length() throws IOException {
    return channel.size();
  }

  boolean isEmpty() {
    return readPosition == writePosition;
  }

  /** Appends all of {@code data}, or returns false if the budget does not have room for it. */
  boolean append(ByteBuffer data) throws IOException {
    if (!disk.take(data.remaining())) {
      return false;
    }
    taken += data.remaining();
    while (data.hasRemaining()) {
      writePosition += channel.write(data, writePosition);
    }
    return true;
  }

  /** Returns the next bytes, at most 64 KiB. */
  ByteBuffer next() throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, writePosition - readPosition));
    while (piece.hasRemaining()) {
      int count = channel.read(piece, readPosition);
      if (count < 0) {
        throw new IOException("the temporary file " + path + " was cut by somebody else");
      }
      readPosition += count;
    }
    if (isEmpty()) {
      clear();
    }
    return piece.flip();
  }

  /** Drops what was not read. */
  void clear() throws IOException {
    readPosition = 0;
    writePosition = 0;
    channel.truncate(0);
    giveBack();
  }

  private void giveBack() {
    disk.giveBack(taken);
    taken = 0;
  }

  @Override
  public void close() throws IOException {
    giveBack();
    channel.close();
    Files.deleteIfExists(path);
  }
}
