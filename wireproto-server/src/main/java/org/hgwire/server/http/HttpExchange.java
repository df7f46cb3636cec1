// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response: the body of the request is pushed in, the response is pulled out.
 *
 * <p>Used by one thread at a time, not always the same, and never by one that must not block: the
 * work of the commands is done in the calls. The transport always calls {@link #close} last.
 *
 * <p>The transport calls {@link #receive} only while {@link #wantsInput} returns true; when {@link
 * #nextOutput} returns null, the response is either complete ({@link #finished}) or waits for more
 * of the request. While the {@linkplain #responseHead head} of the response is not known and no
 * input is wanted, the transport pulls output as well: it is empty, and the work that decides the
 * head is done in the calls. A response may be complete before its request is: the rest of the
 * request is ignored then.
 */
public interface HttpExchange extends AutoCloseable {
  /** Returns whether the next piece of the request's body is wanted now. */
  boolean wantsInput();

  /**
   * Consumes a piece of the request's body.
   *
   * @param data the bytes; all are consumed, and the buffer is not kept when the call returns
   * @throws IllegalStateException if no input is wanted
   */
  void receive(ByteBuffer data);

  /** Reports the end of the request's body. */
  void endOfInput();

  /**
   * Returns the beginning of the response once it is known; null while it waits for more of the
   * request or for work that is done in {@link #nextOutput}.
   */
  @Nullable ResponseHead responseHead();

  /**
   * Returns the next bytes of the response's body, or null if there are none now: no byte as long
   * as the head is not known, and in the call that finds it. The caller owns the buffer.
   *
   * @throws IOException if the response cannot continue; the transport must cut the connection, so
   *     that the client does not take it for complete
   */
  @Nullable ByteBuffer nextOutput() throws IOException;

  /**
   * Learns that the client has not taken what was returned last for a while: frees what can be made
   * again. The next output is pulled as if this had not been called.
   */
  default void pause() {}

  /** Returns whether the response is complete and all of it was returned. */
  boolean finished();

  /** Stops the work, if it is not finished, and frees all resources. May be called again. */
  @Override
  void close();
}
