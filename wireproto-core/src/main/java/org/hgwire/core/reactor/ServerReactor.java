// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.message.RichMessage;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one exchange: bytes in, events out; responses in, bytes out.
 *
 * <p>It does no I/O, knows no time and starts no thread. Not safe for use by several threads.
 */
public final class ServerReactor implements AutoCloseable {
  /** Makes a reactor that supports {@code encodings} in both directions. */
  public ServerReactor(WireLimits limits, ContentEncodings encodings) {
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

  /** Says that no input follows; {@link #poll} then gives InputEnded or ProtocolFailed. */
  public void endOfInput() {
    throw new UnsupportedOperationException();
  }

  /** Returns the next event, or null when the input is used up. */
  public @Nullable ServerEvent poll() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns whether more input is wanted now: not while the limit of active requests is reached.
   */
  public boolean wantsInput() {
    throw new UnsupportedOperationException();
  }

  /** Appends a piece of the response to an active request: CBOR, status map first. */
  public void respond(int requestId, ByteBuffer cbor) {
    throw new UnsupportedOperationException();
  }

  /** Ends the response to an active request, which is no longer active. */
  public void endResponse(int requestId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends an active request with an error frame. The stream that carried part of its response is
   * retired, so that no later response is mixed with it.
   */
  public void failResponse(int requestId, ErrorResponse error) {
    throw new UnsupportedOperationException();
  }

  /** Sends text for people, if the client said that it takes it. */
  public void textOutput(int requestId, RichMessage text) {
    throw new UnsupportedOperationException();
  }

  /** Sends progress, if the client said that it takes it. */
  public void progress(int requestId, ProgressUpdate update) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the next bytes to send, whole frames, or null if there are none now. The caller owns
   * the buffer.
   */
  public @Nullable ByteBuffer pollOutput() {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of active requests. */
  public int activeRequests() {
    throw new UnsupportedOperationException();
  }

  /** Frees the contexts of all content encodings. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
