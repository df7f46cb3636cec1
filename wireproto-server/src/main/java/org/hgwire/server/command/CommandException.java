// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

/** An error as the response to a command: likely the client's fault, which gets the message. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message one sentence for the client
   */
  public CommandException(String message) {
    super(message);
  }
}
