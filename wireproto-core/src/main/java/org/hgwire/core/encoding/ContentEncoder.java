// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;

/**
 * Encodes the payloads of one stream, whose frames all share one encoding context.
 *
 * <p>Not safe for use by several threads.
 */
public interface ContentEncoder extends AutoCloseable {
  /**
   * Encodes {@code input} into {@code output} until one of the two has nothing left. The encoder
   * may keep input back to encode it better.
   */
  void encode(ByteBuffer input, ByteBuffer output);

  /**
   * Writes what the encoder kept back, so that a decoder can give out all the input so far; the
   * context goes on.
   *
   * @return whether all is written; if not, call again with more room
   */
  boolean flush(ByteBuffer output);

  /** Frees the context. */
  @Override
  void close();
}
