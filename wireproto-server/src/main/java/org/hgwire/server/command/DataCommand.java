// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;

/** The work of a command that accepts data. Called by several threads at once. */
@FunctionalInterface
public interface DataCommand {
  /**
   * Starts the work and returns the receiver of the data.
   *
   * @throws CommandException to respond with an error; the data is ignored
   * @throws IOException if the repository cannot be used; the client gets a server error
   */
  CommandDataReceiver open(CommandCall call) throws IOException;
}
