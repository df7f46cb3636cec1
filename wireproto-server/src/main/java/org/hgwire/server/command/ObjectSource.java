// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a response, one at a time: a source is advanced only as fast as the client reads
 * the objects before.
 *
 * <p>A call of {@link #next} takes milliseconds. A source that has to work longer before its next
 * object returns {@link ResponseObject.NotYet} in between: only between the calls can the work be
 * stopped because the client has gone, and only then do other requests have their turn.
 *
 * <p>Used by one thread at a time, not always the same.
 */
public interface ObjectSource extends AutoCloseable {
  /**
   * Returns the next object, {@link ResponseObject.NotYet} if it is not ready, or null at the end.
   * The stream of the object before, if it has one, is consumed and closed by then.
   *
   * @throws CommandException to respond with an error, before the first object or later
   * @throws IOException if the repository cannot be read; the client gets a server error
   */
  @Nullable ResponseObject next() throws IOException;

  /** Frees all resources. Called once, also when the client goes away before the end. */
  @Override
  void close();
}
