// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.ByteString;

/**
 * The content of a file that is committed to a {@link MemoryRepository}: bytes of known length that
 * can be read repeatedly. May be larger than memory.
 */
public sealed interface RevisionContent {
  /** Returns the length in bytes. */
  long size();

  /**
   * Opens the bytes: the same each time, exactly {@link #size()} of them. The caller closes the
   * stream.
   *
   * @throws IOException if the content is unavailable
   */
  InputStream open() throws IOException;

  /** Returns content that is held in memory. */
  static RevisionContent of(ByteString bytes) {
    return new InMemory(bytes);
  }

  /**
   * Returns content that is produced each time it is read.
   *
   * @param size its length in bytes
   * @param opener produces the same bytes each time
   */
  static RevisionContent of(long size, Opener opener) {
    if (size < 0) {
      throw new IllegalArgumentException("a size must not be negative: " + size);
    }
    return new Supplied(size, opener);
  }

  /** Produces the bytes. Called by several threads at once. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens the bytes; the caller closes the stream.
     *
     * @throws IOException if the content is unavailable
     */
    InputStream open() throws IOException;
  }

  /**
   * Content in memory.
   *
   * @param bytes the bytes
   */
  record InMemory(ByteString bytes) implements RevisionContent {
    @Override
    public long size() {
      return bytes.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes.toByteArray());
    }
  }

  /**
   * Content that is produced each time it is read.
   *
   * @param size its length in bytes
   * @param opener produces it
   */
  record Supplied(long size, Opener opener) implements RevisionContent {
    @Override
    public InputStream open() throws IOException {
      return opener.open();
    }
  }
}
