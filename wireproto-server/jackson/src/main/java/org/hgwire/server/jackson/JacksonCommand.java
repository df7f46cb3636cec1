// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.jackson;

import java.io.IOException;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandException;

/**
 * The work of a command whose arguments are one mapped object, and whose response is another.
 * Called by several threads at once.
 *
 * @param <A> the type of the arguments; its properties have their names
 */
@FunctionalInterface
public interface JacksonCommand<A> {
  /**
   * Returns the object to respond with.
   *
   * @param call the caller and the repository
   * @param arguments the mapped arguments of the call
   * @throws CommandException to respond with an error that the client sees
   * @throws IOException if the repository cannot be read; the client gets an internal server error
   */
  Object run(CommandCall call, A arguments) throws IOException;
}
