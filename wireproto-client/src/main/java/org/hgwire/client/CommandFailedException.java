// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/** The server ran the command, or refused to run it, and reported an error. */
public final class CommandFailedException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final String command;
  private final String serverMessage;

  /**
   * Makes the error.
   *
   * @param command the name of the command
   * @param serverMessage the server's message, rendered, without control characters
   */
  public CommandFailedException(String command, String serverMessage, @Nullable Throwable cause) {
    super("the server failed the command " + command + ": " + serverMessage, cause);
    this.command = command;
    this.serverMessage = serverMessage;
  }

  /** Returns the name of the command. */
  public String command() {
    return command;
  }

  /** Returns the server's message, rendered, without control characters. */
  public String serverMessage() {
    return serverMessage;
  }

  @Override
  PeerException again() {
    return new CommandFailedException(command, serverMessage, this);
  }
}
