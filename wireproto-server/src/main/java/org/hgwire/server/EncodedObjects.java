// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The encoded objects of a response, without its status map, a piece at a time. Used by one thread
 * at a time, not always the same.
 */
public interface EncodedObjects extends AutoCloseable {
  /**
   * Returns the next bytes, not empty, or null at the end. Valid until the next call.
   *
   * @throws org.hgwire.server.command.CommandException if the command fails: before the first bytes
   *     the response is an error, later it breaks off with one
   * @throws org.hgwire.core.WireProtocolException if the command blames the request
   * @throws IOException if they cannot be had
   */
  @Nullable ByteBuffer next() throws IOException;

  /** Frees what is held, at the end or before. May be called again. */
  @Override
  void close();
}
