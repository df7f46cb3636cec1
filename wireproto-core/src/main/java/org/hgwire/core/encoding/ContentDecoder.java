// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the encoded payloads of one stream, whose frames all share one encoding context.
 *
 * <p>The context never has to end: a stream's encoded data may stop after any flush. Where it does
 * end, nothing may follow. After a fault every call but {@link #close} throws the same fault again;
 * after {@link #close} an {@link IllegalStateException}. Not safe for use by several threads.
 */
public interface ContentDecoder extends AutoCloseable {
  /**
   * Gives the decoder the payload of the next encoded frame; {@link #poll} reads it. The buffer's
   * position does not change; its bytes must not change until {@link #poll} has returned null.
   *
   * @throws IllegalStateException if input is left: {@link #poll} has not returned null yet
   */
  void feed(ByteBuffer encoded);

  /**
   * Returns the next decoded bytes, at most {@link org.hgwire.core.WireLimit#MAX_DECODED_SLICE} at
   * a time and read-only, or null when all that the input gives was returned. Valid until the
   * decoder is called again.
   *
   * @throws org.hgwire.core.WireProtocolException of scope STREAM, with code ENCODING_CORRUPT if
   *     the bytes cannot be decoded or go on after the end of the encoded data, with code LIMIT if
   *     they need a window larger than allowed
   */
  @Nullable ByteBuffer poll();

  /**
   * Returns whether the encoded data has come to the end that it marks itself. An encoding whose
   * data has no such mark never says so.
   */
  default boolean hasEnded() {
    return false;
  }

  /** Frees the context; more than once does nothing. */
  @Override
  void close();
}
