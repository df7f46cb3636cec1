// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;

/**
 * Encodes the payloads of one stream, whose frames all share one encoding context. The context is
 * never ended: the reference cannot read a second one on the same stream.
 *
 * <p>After {@link #close} every call throws an {@link IllegalStateException}. Not safe for use by
 * several threads.
 */
public interface ContentEncoder extends AutoCloseable {
  /**
   * Encodes {@code input} into {@code output} until one of the two has nothing left; the positions
   * of both move. The encoder may keep input back to encode it better.
   *
   * @throws IllegalStateException if a flush was begun and is not complete
   */
  void encode(ByteBuffer input, ByteBuffer output);

  /**
   * Writes what the encoder kept back, so that a decoder can give out all the input so far; the
   * context goes on. Writes nothing if nothing was encoded since the last flush.
   *
   * @return whether all is written; if not, call again with more room
   */
  boolean flush(ByteBuffer output);

  /** Frees the context; more than once does nothing. */
  @Override
  void close();
}
