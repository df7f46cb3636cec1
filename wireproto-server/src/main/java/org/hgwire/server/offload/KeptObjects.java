// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a response in a local file. The hash of each segment is checked before a byte of
 * it is returned: what was damaged on disk is never served. Has one buffer.
 */
final class KeptObjects implements EncodedObjects {
  private static final Logger LOG = LoggerFactory.getLogger(KeptObjects.class);
  private static final int BUFFER = 32 * 1024;

  private final ContentDescription content;
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final MessageDigest digest = HashAlgorithm.SHA256.newDigest();
  private final Runnable damaged;
  private long position;
  private long verified;

  private KeptObjects(ContentDescription content, FileChannel file, Runnable damaged) {
    this.content = content;
    this.file = file;
    this.damaged = damaged;
  }

  /**
   * Opens a file, and checks its size and the first segment that is read.
   *
   * @param from how many bytes are left out
   * @param damaged called if the file does not have the expected content
   * @throws IOException if it cannot be read or does not have the expected content
   */
  static KeptObjects open(ContentDescription content, Path path, long from, Runnable damaged)
      throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    KeptObjects objects = new KeptObjects(content, file, damaged);
    try {
      if (file.size() != content.size()) {
        throw objects.fault();
      }
      objects.position = from;
      objects.verified = from - from % content.segments().segmentSize();
      if (from < content.size()) {
        objects.verifySegment();
      }
      return objects;
    } catch (IOException | RuntimeException failure) {
      objects.close();
      throw failure;
    }
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    if (position == content.size()) {
      return null;
    }
    if (position == verified) {
      verifySegment();
    }
    int read = fill(position, verified);
    position += read;
    return buffer.flip();
  }

  private void verifySegment() throws IOException {
    long segmentSize = content.segments().segmentSize();
    List<ByteString> hashes = content.segments().hashes();
    int index = (int) (verified / segmentSize);
    long end = Math.min(content.size(), verified + segmentSize);
    long at = verified;
    while (at < end) {
      at += fill(at, end);
      digest.update(buffer.flip());
    }
    if (index >= hashes.size() || !hashes.get(index).equals(ByteString.copyOf(digest.digest()))) {
      throw fault();
    }
    verified = end;
  }

  private int fill(long from, long to) throws IOException {
    buffer.clear().limit((int) Math.min(BUFFER, to - from));
    int read = file.read(buffer, from);
    if (read <= 0) {
      throw fault();
    }
    return read;
  }

  private IOException fault() {
    damaged.run();
    return new IOException(
        "the local file of the response "
            + content.sha256().hex()
            + " is damaged and was deleted; the next request creates it again");
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      LOG.warn("a local file cannot be closed", failure);
    }
  }
}
