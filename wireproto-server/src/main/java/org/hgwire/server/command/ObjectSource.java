// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a response, one at a time: a source is advanced only as fast as the client takes
 * what came before.
 *
 * <p>Used by one thread at a time, not always the same.
 */
public interface ObjectSource extends AutoCloseable {
  /**
   * Returns the next object, or null at the end. What the last object streams was consumed and
   * closed before.
   *
   * @throws CommandException to answer the command with an error, at the beginning or in the middle
   * @throws IOException if the repository cannot be read; the client gets a server error
   */
  @Nullable ResponseObject next() throws IOException;

  /** Frees what the source holds. Called once, also when the client went away in the middle. */
  @Override
  void close();
}
