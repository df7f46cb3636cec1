// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a sequence of top-level CBOR values, fed in pieces of any size.
 *
 * <pre>{@code
 * decoder.feed(input);
 * for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) { … }
 * …
 * decoder.endOfInput();
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class CborDecoder {
  /** Makes a decoder that holds its input to {@code limits}. */
  public CborDecoder(WireLimits limits) {
    throw new UnsupportedOperationException();
  }

  /**
   * Gives the decoder its next input. The buffer is read by {@link #poll} and must not change until
   * that has returned null.
   *
   * @throws IllegalStateException if input is left, or the decoder has failed or was ended
   */
  public void feed(ByteBuffer input) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the next event, or null when the input is used up.
   *
   * @throws org.hgwire.core.WireProtocolException at the first byte that is not sound or exceeds a
   *     limit; all events before it were returned, and every later call throws the same
   */
  public @Nullable CborEvent poll() {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that no input follows.
   *
   * @throws org.hgwire.core.WireProtocolException with code TRUNCATED if a value is incomplete
   */
  public void endOfInput() {
    throw new UnsupportedOperationException();
  }

  /** Decodes exactly one whole value from {@code input}; a convenience for small payloads. */
  public static CborValue decodeOne(ByteBuffer input, WireLimits limits) {
    throw new UnsupportedOperationException();
  }
}
