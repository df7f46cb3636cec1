// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response to one request: the status map, then the objects.
 *
 * <p>Not safe for use by several threads.
 */
public final class ResponseDecoder {
  private ResponseDecoder() {}

  /** Returns a decoder of a response that begins with a status map. */
  public static ResponseDecoder ofResponse(WireLimits limits) {
    throw new UnsupportedOperationException();
  }

  /** Returns a decoder of a redirected body: the objects alone. */
  public static ResponseDecoder ofRedirectedBody(WireLimits limits) {
    throw new UnsupportedOperationException();
  }

  /** Gives the decoder its next input, which {@link #poll} reads. */
  public void feed(ByteBuffer input) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the next event, or null when the input is used up.
   *
   * @throws org.hgwire.core.WireProtocolException with scope REQUEST if the bytes are not a
   *     response
   */
  public @Nullable ResponseEvent poll() {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that no input follows.
   *
   * @throws org.hgwire.core.WireProtocolException with code TRUNCATED and scope REQUEST if the
   *     status map is missing or a value is incomplete
   */
  public void endOfInput() {
    throw new UnsupportedOperationException();
  }
}
