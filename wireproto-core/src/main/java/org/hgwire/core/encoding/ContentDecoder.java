// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the encoded payloads of one stream, whose frames all share one encoding context.
 *
 * <p>The encoded data of a stream need not have an end: it may stop after any flush. If it has one,
 * nothing may follow. After a fault every call except {@link #close} throws the same exception;
 * after {@link #close} every call throws an {@link IllegalStateException}. Not safe for use by
 * several threads.
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
   * a time and read-only, or null when the input is used up. The buffer is valid until the decoder
   * is called again.
   *
   * <p>How much of damaged data is returned before the fault depends on how the data was fed.
   *
   * @throws org.hgwire.core.WireProtocolException of scope STREAM, with code ENCODING_CORRUPT if
   *     the bytes cannot be decoded or continue after the end of the encoded data, or with code
   *     LIMIT if they need a window larger than allowed or decompress to more than an {@link
   *     ExpansionBudget} allows
   */
  @Nullable ByteBuffer poll();

  /**
   * Returns whether the decoder has reached the end mark of the encoded data. Always false for an
   * encoding without one.
   */
  default boolean hasEnded() {
    return false;
  }

  /** Frees the context. Further calls have no effect. */
  @Override
  void close();
}
