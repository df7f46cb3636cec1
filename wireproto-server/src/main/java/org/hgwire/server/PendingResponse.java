// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;

/** The response to one request before its turn has come. */
interface PendingResponse {
  /** Returns a response that fails as soon as it is opened. */
  static PendingResponse failing(RuntimeException refusal) {
    return () -> {
      throw refusal;
    };
  }

  /** Returns a response that fails as soon as it is opened. */
  static PendingResponse failing(IOException failure) {
    return () -> {
      throw failure;
    };
  }

  /**
   * Starts the work. Called at most once.
   *
   * @throws org.hgwire.server.command.CommandException to respond with an error
   * @throws org.hgwire.core.WireProtocolException to respond with an error that blames the request
   * @throws IOException if the repository cannot be read
   */
  ResponseOrigin open() throws IOException;

  /** Frees what was not opened. */
  default void abandon() {}
}
