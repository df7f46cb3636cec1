// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a {@link SharedResponse} for one client. Has one buffer and one open file. */
final class SharedReader implements EncodedObjects {
  private static final Logger LOG = LoggerFactory.getLogger(SharedReader.class);
  private static final int BUFFER = 32 * 1024;

  private final SharedResponse shared;
  private final FileChannel file;
  private @Nullable ByteBuffer buffer;
  private @Nullable EncodedObjects rest;
  private long position;
  private boolean closed;

  SharedReader(SharedResponse shared, FileChannel file) {
    this.shared = shared;
    this.file = file;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    EncodedObjects following = rest;
    if (following != null) {
      return following.next();
    }
    if (position == shared.file().written()) {
      SharedResponse.Progress progress = shared.after(position);
      if (progress == SharedResponse.Progress.NOT_YET) {
        return EncodedObjects.notYet();
      }
      if (progress == SharedResponse.Progress.END) {
        return null;
      }
      if (progress == SharedResponse.Progress.BEYOND) {
        following = shared.beyond();
        rest = following;
        return following.next();
      }
    }
    return read();
  }

  private ByteBuffer read() throws IOException {
    ByteBuffer target = buffer;
    if (target == null) {
      target = ByteBuffer.allocate(BUFFER);
      buffer = target;
    }
    long size = Math.min(BUFFER, shared.file().written() - position);
    int read = file.read(target.clear().limit((int) size), position);
    if (read <= 0) {
      throw new IOException("another process truncated the local file of a response");
    }
    position += read;
    return target.flip();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      file.close();
    } catch (IOException failure) {
      LOG.warn("a local file cannot be closed", failure);
    }
    EncodedObjects following = rest;
    if (following != null) {
      following.close();
    }
    shared.leave();
  }
}
