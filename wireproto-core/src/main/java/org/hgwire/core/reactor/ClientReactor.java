// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange: requests in, bytes out; bytes in, events out.
 *
 * <p>It does no I/O, knows no time and starts no thread. Not safe for use by several threads.
 */
public final class ClientReactor implements AutoCloseable {
  /**
   * Makes a reactor.
   *
   * @param limits what responses are held to
   * @param accepted the content encodings that the server may use
   * @param outgoing the content encoding of what is sent: identity unless the server is known to
   *     decode another
   */
  public ClientReactor(WireLimits limits, ContentEncodings accepted, ContentEncoding outgoing) {
    throw new UnsupportedOperationException();
  }

  /**
   * Starts a request. Before the first one the sender settings are sent.
   *
   * @param dataFollows whether {@link #sendData} and {@link #endData} follow
   * @return its id: odd, not that of an active request
   * @throws IllegalStateException if all ids are active
   */
  public int call(CommandRequest request, boolean dataFollows) {
    throw new UnsupportedOperationException();
  }

  /** Appends a piece of the data of a request. */
  public void sendData(int requestId, ByteBuffer data) {
    throw new UnsupportedOperationException();
  }

  /** Ends the data of a request. */
  public void endData(int requestId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the next bytes to send, whole frames, or null if there are none now. The caller owns
   * the buffer.
   */
  public @Nullable ByteBuffer pollOutput() {
    throw new UnsupportedOperationException();
  }

  /**
   * Gives the reactor its next input, which {@link #poll} reads.
   *
   * @throws IllegalStateException if earlier input is left, or the reactor has failed or was ended
   */
  public void receive(ByteBuffer input) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that no input follows: active requests fail as truncated; then {@link #poll} gives
   * InputEnded.
   */
  public void endOfInput() {
    throw new UnsupportedOperationException();
  }

  /** Returns the next event, or null when the input is used up. */
  public @Nullable ClientEvent poll() {
    throw new UnsupportedOperationException();
  }

  /**
   * Gives up on a request: what still arrives for it is decoded and dropped; its id stays taken
   * until it ends.
   */
  public void cancel(int requestId) {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of requests whose response has not ended. */
  public int activeRequests() {
    throw new UnsupportedOperationException();
  }

  /** Frees the contexts of all content encodings. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
