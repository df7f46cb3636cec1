// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the data of one command, as fast as it wants. Used by one thread at a time, not always the
 * same.
 */
public interface CommandDataReceiver {
  /**
   * Takes a piece of the data; the next is read when this returns.
   *
   * @param data the bytes: read-only, valid during the call
   * @throws CommandException to answer with an error; the rest of the data is passed over
   * @throws IOException if the repository cannot be used; the client gets a server error
   */
  void receive(ByteBuffer data) throws IOException;

  /** Takes the end of the data and returns the objects of the response. */
  ObjectSource finish() throws IOException;

  /**
   * Gives up: the data will never be complete. Called at most once, and not after {@link #finish}.
   */
  void abandon();
}
