// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private file of a response that is being produced. Written by one thread at a time, read by
 * any.
 */
final class ResponseFile {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseFile.class);

  private final Path path;
  private final FileChannel channel;
  private final ContentHasher hasher;
  private final long maxBytes;
  private volatile long written;

  /**
   * Opens a file for writing.
   *
   * @param path an empty file
   * @param segmentSize the size of the segments that are hashed
   * @param maxBytes how long it may become, in bytes
   */
  ResponseFile(Path path, long segmentSize, long maxBytes) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.WRITE);
    this.hasher = new ContentHasher(ByteString.utf8(HttpV2Api.CBOR_MEDIA_TYPE), segmentSize);
    this.maxBytes = maxBytes;
  }

  /** Opens the file for one reader. */
  FileChannel openReader() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  /** Returns how many bytes can be read. */
  long written() {
    return written;
  }

  /**
   * Appends bytes; the position of the buffer does not change. Returns false, without appending, if
   * the response becomes too long or the disk is full.
   */
  boolean append(ByteBuffer bytes) {
    if (written + bytes.remaining() > maxBytes) {
      return false;
    }
    ByteBuffer left = bytes.duplicate();
    try {
      while (left.hasRemaining()) {
        channel.write(left, written + left.position() - bytes.position());
      }
    } catch (IOException full) {
      LOG.warn(
          "a response cannot be written to a local file and is not kept; check the disk", full);
      return false;
    }
    hasher.update(bytes);
    written = hasher.size();
    return true;
  }

  /** Ends writing and returns the description of the response. */
  ContentDescription finish() {
    close();
    return hasher.describe();
  }

  /** Returns the path of the file. */
  Path path() {
    return path;
  }

  /** Deletes the file; readers that have it open can still read it. */
  void delete() {
    close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException failure) {
      LOG.warn("a local file cannot be deleted", failure);
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.warn("a local file cannot be closed", failure);
    }
  }
}
