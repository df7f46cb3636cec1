// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;

/** The work of a command that accepts no data. Called by several threads at once. */
@FunctionalInterface
public interface Command {
  /**
   * Starts the work and returns the objects of its response.
   *
   * @throws CommandException to respond with an error
   * @throws IOException if the repository cannot be read; the client gets a server error
   */
  ObjectSource run(CommandCall call) throws IOException;
}
