// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kept response with a content encoding, as it is sent: a file of {@linkplain CopyBlock blocks}.
 * The checksum of a block is verified before a byte of it is returned; from a damaged block on the
 * response itself is read. Has a buffer that grows to the longest block, at most 133 KiB.
 */
final class EncodedCopy implements EncodedObjects {
  /** Opens the response itself. */
  @FunctionalInterface
  interface Original {
    /** Returns the objects without the first {@code from} bytes. */
    EncodedObjects open(long from) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(EncodedCopy.class);
  private static final int FIRST_BUFFER = 32 * 1024;

  private final FileChannel file;
  private final long size;
  private final Original original;
  private final Runnable damaged;
  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER);
  private int header;
  private long position;
  private OptionalLong decoded = OptionalLong.empty();
  private @Nullable EncodedObjects rest;

  private EncodedCopy(FileChannel file, long size, Original original, Runnable damaged) {
    this.file = file;
    this.size = size;
    this.original = original;
    this.damaged = damaged;
  }

  /**
   * Opens a copy.
   *
   * @param size the size of the response, at least 1
   * @param original opens the response, for what is damaged in the copy
   * @param damaged called if the copy is damaged
   * @throws IOException if it cannot be opened
   */
  static EncodedCopy open(Path path, long size, Original original, Runnable damaged)
      throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    EncodedCopy copy = new EncodedCopy(file, size, original, damaged);
    copy.buffer.limit(0);
    return copy;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    EncodedObjects following = rest;
    if (following == null) {
      if (position == size) {
        return null;
      }
      ByteBuffer encoded = nextBlock();
      if (encoded != null) {
        return encoded;
      }
      following = original.open(position);
      rest = following;
      decoded = OptionalLong.empty();
    }
    return following.next();
  }

  @Override
  public OptionalLong decodedBytes() {
    return decoded;
  }

  /** Returns the encoded bytes of the next block, or null if it is damaged. */
  private @Nullable ByteBuffer nextBlock() {
    try {
      CopyBlock block = readBlock();
      if (block != null) {
        position += block.decodedBytes();
        decoded = OptionalLong.of(block.decodedBytes());
        return buffer.slice(CopyBlock.HEADER, block.encodedBytes());
      }
      LOG.warn("the encoded copy of a response is damaged and was deleted; it is made again");
    } catch (IOException failure) {
      LOG.warn("the encoded copy of a response cannot be read and was deleted", failure);
    }
    damaged.run();
    return null;
  }

  /** Reads a block, and the header of the next one with it. */
  private @Nullable CopyBlock readBlock() throws IOException {
    buffer.position(header).compact();
    if (!fill(CopyBlock.HEADER)) {
      return null;
    }
    CopyBlock block = CopyBlock.read(buffer);
    if (!block.isAt(position, size)) {
      return null;
    }
    header = CopyBlock.HEADER + block.encodedBytes();
    boolean last = position + block.decodedBytes() == size;
    boolean whole = fill(last ? header : header + CopyBlock.HEADER);
    buffer.flip();
    return whole && block.isIntact(buffer) ? block : null;
  }

  /** Reads until the buffer has {@code length} bytes; returns false if the file ends before. */
  private boolean fill(int length) throws IOException {
    if (buffer.capacity() < length) {
      buffer = ByteBuffer.allocate(length + CopyBlock.HEADER).put(buffer.flip());
    }
    buffer.limit(Math.max(length, buffer.position()));
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      LOG.warn("a local file cannot be closed", failure);
    }
    EncodedObjects following = rest;
    if (following != null) {
      following.close();
    }
  }
}
