// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;

/** How the response to one request begins, once its turn has come. */
interface PendingResponse {
  /**
   * Starts the work. Called at most once.
   *
   * @throws org.hgwire.server.command.CommandException to answer with an error
   * @throws org.hgwire.core.WireProtocolException to answer with an error that blames the request
   * @throws IOException if the repository cannot be read
   */
  ResponseOrigin open() throws IOException;

  /** Gives up what was not opened. */
  default void abandon() {}
}
