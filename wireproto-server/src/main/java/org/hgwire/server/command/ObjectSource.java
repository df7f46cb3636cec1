// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a response, one at a time: a source is advanced only as fast as the client reads
 * the objects before.
 *
 * <p>Used by one thread at a time, not always the same.
 */
public interface ObjectSource extends AutoCloseable {
  /**
   * Returns the next object, or null at the end. The stream of the object before, if it has one, is
   * consumed and closed by then.
   *
   * @throws CommandException to respond with an error, before the first object or later
   * @throws IOException if the repository cannot be read; the client gets a server error
   */
  @Nullable ResponseObject next() throws IOException;

  /** Frees all resources. Called once, also when the client goes away before the end. */
  @Override
  void close();
}
