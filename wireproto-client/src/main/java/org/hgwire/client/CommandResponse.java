// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * The response to one command: its objects, as they arrive.
 *
 * <p>Responses of one batch may be read in any order and by several threads, one thread a response.
 * Whoever reads does the I/O. Closing a response before its end cancels it; closing the last one of
 * a batch ends the HTTP exchange. A response that was read to its end needs no closing, but closing
 * is always allowed.
 */
public final class CommandResponse implements AutoCloseable {
  CommandResponse() {}

  /** Returns the name of the command. */
  public String command() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the next object, or null at the end of the response.
   *
   * @throws CommandFailedException if the server said that the command failed
   * @throws RedirectNotFollowedException if the server said that the response is elsewhere
   * @throws PeerException if the response ended too soon or is not sound
   * @throws IllegalStateException if this was closed
   */
  public @Nullable ResponseItem next() throws PeerException {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the next object, which is a whole value; a byte string that is streamed is read into
   * memory, up to {@link org.hgwire.core.WireLimits#maxCborBytes()}.
   *
   * @throws PeerProtocolException if the response ends here or the byte string is larger
   */
  public CborValue nextValue() throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Gives up what was not read. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
