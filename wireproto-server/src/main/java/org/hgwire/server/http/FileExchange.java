// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exchange whose response is a part of a file, read a buffer at a time. */
final class FileExchange implements ResponseOnlyExchange {
  private static final Logger LOG = LoggerFactory.getLogger(FileExchange.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ResponseHead head;
  private final FileChannel file;
  private final long end;
  private long position;

  /** Makes the exchange that sends a file from {@code position} to {@code end}. */
  FileExchange(ResponseHead head, FileChannel file, long position, long end) {
    this.head = head;
    this.file = file;
    this.position = position;
    this.end = end;
  }

  @Override
  public ResponseHead responseHead() {
    return head;
  }

  @Override
  public @Nullable ByteBuffer nextOutput() throws IOException {
    if (finished()) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, end - position));
    int read = file.read(buffer, position);
    if (read <= 0) {
      throw new IOException("a file became shorter while it was sent");
    }
    position += read;
    return buffer.flip();
  }

  @Override
  public boolean finished() {
    return position == end;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      LOG.warn("a file of stored content cannot be closed", failure);
    }
  }
}
