// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes, fed in pieces of any size, into frames.
 *
 * <p>A payload that lies whole in the input is a slice of it; only a frame that the input cuts in
 * two is copied. Not safe for use by several threads.
 */
public final class FrameDecoder {
  /** Makes a decoder that holds its input to {@code limits}. */
  public FrameDecoder(WireLimits limits) {
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
   * Returns the next frame, or null when the input is used up. The payload is valid until the
   * decoder is called again.
   *
   * @throws org.hgwire.core.WireProtocolException with code LIMIT if the header declares more than
   *     {@link WireLimits#maxFramePayload()}; every later call throws the same
   */
  public @Nullable Frame poll() {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that no input follows.
   *
   * @throws org.hgwire.core.WireProtocolException with code TRUNCATED if a frame is incomplete
   */
  public void endOfInput() {
    throw new UnsupportedOperationException();
  }
}
