// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the encoded payloads of one stream, whose frames all share one encoding context.
 *
 * <p>Not safe for use by several threads.
 */
public interface ContentDecoder extends AutoCloseable {
  /** Gives the decoder the payload of the next encoded frame; {@link #poll} reads it. */
  void feed(ByteBuffer encoded);

  /**
   * Returns the next decoded bytes, at most {@link org.hgwire.core.WireLimits#maxDecodedSlice()} at
   * a time and read-only, or null when all that the input gives was returned. Valid until the
   * decoder is called again.
   *
   * @throws org.hgwire.core.WireProtocolException with code ENCODING_CORRUPT if the bytes cannot be
   *     decoded, go on after the end of the encoded data, or need a window larger than allowed
   */
  @Nullable ByteBuffer poll();

  /** Frees the context. */
  @Override
  void close();
}
