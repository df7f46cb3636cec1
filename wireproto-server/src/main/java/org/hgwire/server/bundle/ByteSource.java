// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are made as they are read, a piece at a time. Used by one thread at a time, not always
 * the same.
 */
public interface ByteSource extends AutoCloseable {
  /**
   * Returns the next bytes, at most some 64 KiB, or null at the end. Without a byte if the next
   * ones are not ready: the caller asks again when other requests have had their turn. Valid until
   * the next call.
   *
   * @throws IOException if the repository cannot be read; nothing follows
   */
  @Nullable ByteBuffer next() throws IOException;

  /**
   * Returns whether the bytes were stored as they are sent, and are not worth a compressor. Known
   * when {@link #next} has returned the first of them; by default not.
   */
  default boolean isSentUnchanged() {
    return false;
  }

  /** Frees all resources, at the end or before. May be called again. */
  @Override
  void close();
}
