// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a file that grows: those that are in the file, and the last ones, which are to be
 * written. Not safe for use by several threads.
 */
final class AppendedData implements RevlogData {
  private static final int FIRST_TAIL = 1024;

  private RevlogData written;
  private long writtenLength;
  private byte[] tail = new byte[FIRST_TAIL];
  private int tailLength;

  /**
   * Makes the data.
   *
   * @param written what is in the file, which is closed with this
   * @param writtenLength its length in bytes
   */
  AppendedData(RevlogData written, long writtenLength) {
    this.written = written;
    this.writtenLength = writtenLength;
  }

  /** Appends {@code length} bytes of {@code bytes}, which are copied. */
  void append(byte[] bytes, int offset, int length) {
    if (tail.length - tailLength < length) {
      int needed = Math.addExact(tailLength, length);
      tail = Arrays.copyOf(tail, (int) Math.min(Integer.MAX_VALUE - 64L, 2L * needed));
    }
    System.arraycopy(bytes, offset, tail, tailLength, length);
    tailLength += length;
  }

  /** Returns the length in bytes of what is in the file. */
  long writtenLength() {
    return writtenLength;
  }

  /** Returns the length in bytes of what is to be written. */
  int pendingLength() {
    return tailLength;
  }

  /** Returns what is to be written. */
  ByteBuffer pending() {
    return ByteBuffer.wrap(tail, 0, tailLength);
  }

  /**
   * Records that everything was written.
   *
   * @param now what is in the file, which is closed with this; the data of before if it is the same
   */
  void written(RevlogData now) throws IOException {
    if (now != written) {
      written.close();
      written = now;
    }
    writtenLength += tailLength;
    tailLength = 0;
  }

  /** Returns what is in the file. */
  RevlogData written() {
    return written;
  }

  /** Becomes the data of another file, which is empty, with {@code bytes} to be written. */
  void restart(byte[] bytes) throws IOException {
    written.close();
    written = WholeFile.EMPTY;
    writtenLength = 0;
    tail = bytes;
    tailLength = bytes.length;
  }

  @Override
  public boolean read(long position, int length, StoredChunk into) throws IOException {
    if (position < writtenLength) {
      return written.read(position, length, into);
    }
    if (position + length > writtenLength + tailLength) {
      return false;
    }
    into.pointTo(tail, (int) (position - writtenLength), length);
    return true;
  }

  @Override
  public void close() throws IOException {
    written.close();
  }
}
