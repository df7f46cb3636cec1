// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Receives the data of one request at its own pace. Used by one thread at a time, not always the
 * same.
 */
public interface CommandDataReceiver {
  /**
   * Receives a piece of the data; the next is read when this returns.
   *
   * @param data the bytes: read-only, valid during the call
   * @throws CommandException to respond with an error; the rest of the data is ignored
   * @throws IOException if the repository cannot be used; the client gets a server error
   */
  void receive(ByteBuffer data) throws IOException;

  /** Receives the end of the data and returns the objects of the response. */
  ObjectSource finish() throws IOException;

  /**
   * Frees all resources because the data will never be complete. Called at most once, and not after
   * {@link #finish}.
   */
  void abandon();
}
