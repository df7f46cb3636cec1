// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The encoded objects of a response, without its status map, a piece at a time. Used by one thread
 * at a time, not always the same.
 */
public interface EncodedObjects extends AutoCloseable {
  /** Returns what {@link #next} returns if the next bytes are not ready. */
  static ByteBuffer notYet() {
    return ByteBuffer.allocate(0);
  }

  /**
   * Returns the next bytes, or null at the end. Without a byte if the next ones are not ready: the
   * caller asks again when other requests have had their turn. Valid until the next call.
   *
   * @throws org.hgwire.server.command.CommandException if the command fails: before the first bytes
   *     the response is an error, later it breaks off with one
   * @throws org.hgwire.core.WireProtocolException if the request is at fault
   * @throws IOException if the bytes are unavailable
   */
  @Nullable ByteBuffer next() throws IOException;

  /**
   * Returns how many bytes those that {@link #next} returned last become when they are decoded;
   * empty, the default, if they have no content encoding. Only {@link
   * CacheableCall#contentEncoding} may have been applied. What is encoded comes before what is not,
   * and is one context of it, not ended, and flushed at the end of the last piece.
   */
  default OptionalLong decodedBytes() {
    return OptionalLong.empty();
  }

  /**
   * Returns how many objects were encoded so far; empty if that is not known, because the bytes
   * come from a cache.
   */
  default OptionalLong objectCount() {
    return OptionalLong.empty();
  }

  /** Frees all resources, at the end or before. May be called again. */
  @Override
  void close();
}
