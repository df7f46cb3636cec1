// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;

/**
 * Encodes the payloads of one stream, whose frames all share one encoding context. The context is
 * never ended: Mercurial cannot read a second one on the same stream.
 *
 * <p>After {@link #close} every call throws an {@link IllegalStateException}. Not safe for use by
 * several threads.
 */
public interface ContentEncoder extends AutoCloseable {
  /**
   * Encodes {@code input} into {@code output} until one of them has no bytes remaining; the
   * positions of both move. The encoder may buffer input to compress it better.
   *
   * @throws IllegalStateException if a flush is incomplete
   */
  void encode(ByteBuffer input, ByteBuffer output);

  /**
   * Writes what the encoder has buffered, so that a decoder can return all the input so far; the
   * context continues. Writes nothing if nothing was encoded since the last flush.
   *
   * @return whether everything is written; if not, call again with more room
   */
  boolean flush(ByteBuffer output);

  /**
   * Drops what is buffered and begins anew, as a new encoder does for another stream.
   *
   * @return whether it did; by default it cannot, and is to be closed
   */
  default boolean restart() {
    return false;
  }

  /** Frees the context. Further calls have no effect. */
  @Override
  void close();
}
