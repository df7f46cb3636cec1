// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

/**
 * The version of the protocol that is spoken with a server lacks a command, or the server lacks it;
 * nothing was sent.
 */
public final class UnavailableCommandException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final String command;

  private UnavailableCommandException(
      String command, String message, UnavailableCommandException cause) {
    super(message, cause);
    this.command = command;
  }

  /**
   * Makes the error.
   *
   * @param command the name of the command
   * @param message one sentence that says who lacks it
   */
  public UnavailableCommandException(String command, String message) {
    super(message, null);
    this.command = command;
  }

  /** Returns the name of the command. */
  public String command() {
    return command;
  }

  @Override
  PeerException again() {
    return new UnavailableCommandException(command, String.valueOf(getMessage()), this);
  }
}
