// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hgwire.server.bundle.ByteSource;
import org.jspecify.annotations.Nullable;

/** The length of a file and its bytes, as many as it had when it was opened. */
final class FileSource implements ByteSource {
  private static final int BUFFER_BYTES = 32 * 1024;

  /** The length of a variable length integer: 63 bits. */
  private static final int LENGTH_BYTES = 9;

  private final Path path;
  private final FileChannel file;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private boolean begun;
  private long position;

  private FileSource(Path path, FileChannel file, long size) {
    this.path = path;
    this.file = file;
    this.size = size;
  }

  /** Opens a file. */
  static FileSource open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new FileSource(path, file, file.size());
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    if (!begun) {
      begun = true;
      return length();
    }
    if (position == size) {
      return null;
    }
    buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
    int read = file.read(buffer, position);
    if (read <= 0) {
      throw new IOException("the inline bundle " + path + " became shorter while it was sent");
    }
    position += read;
    return buffer.flip();
  }

  private ByteBuffer length() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES);
    long rest = size;
    while (rest > 0x7f) {
      bytes.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    return bytes.put((byte) rest).flip();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
