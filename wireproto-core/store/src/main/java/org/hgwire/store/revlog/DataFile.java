// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An open file. Reads that follow one another, as a walk of the revisions makes them, are served
 * from windows of {@value #WINDOW} bytes.
 *
 * <p>It is no {@link java.nio.channels.FileChannel}, which is closed for all when one of its
 * readers is interrupted, and nothing is mapped: Mercurial cuts files that others read.
 */
final class DataFile implements RevlogData {
  private static final int WINDOW = 128 * 1024;
  private static final int NEAR = WINDOW / 4;

  private static final class Window {
    final long start;
    final byte[] bytes;
    final int length;

    Window(long start, byte[] bytes, int length) {
      this.start = start;
      this.bytes = bytes;
      this.length = length;
    }

    boolean has(long position, int wanted) {
      return position >= start && position + wanted <= start + length;
    }
  }

  private final RandomAccessFile file;
  private volatile @Nullable Window window;
  private volatile long end;
  private volatile long knownLength;

  private DataFile(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws java.io.FileNotFoundException if it cannot be opened
   */
  static DataFile open(Path path) throws IOException {
    return new DataFile(new RandomAccessFile(path.toFile(), "r"));
  }

  @Override
  public boolean read(long position, int length, StoredChunk into) throws IOException {
    // What an index claims is neither allocated nor looked for before the file is that long.
    if (position + length > knownLength && position + length > length()) {
      return false;
    }
    Window current = window;
    if (current == null || !current.has(position, length)) {
      long gap = position - end;
      if (gap < 0 || gap > NEAR || length > WINDOW / 2) {
        end = position + length;
        return fill(into.allocate(length), length, position) == length;
      }
      byte[] bytes = new byte[WINDOW];
      current = new Window(position, bytes, fill(bytes, WINDOW, position));
      window = current;
      if (!current.has(position, length)) {
        return false;
      }
    }
    end = position + length;
    into.pointTo(current.bytes, (int) (position - current.start), length);
    return true;
  }

  private long length() throws IOException {
    synchronized (file) {
      knownLength = file.length();
      return knownLength;
    }
  }

  private int fill(byte[] bytes, int length, long position) throws IOException {
    synchronized (file) {
      file.seek(position);
      int filled = 0;
      while (filled < length) {
        int count = file.read(bytes, filled, length - filled);
        if (count < 0) {
          break;
        }
        filled += count;
      }
      return filled;
    }
  }

  @Override
  public void close() throws IOException {
    window = null;
    file.close();
  }
}
