// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

/**
 * An error that is the answer to a command: likely the client's fault, and told to it in these
 * words.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the error; {@code message} is one sentence, shown to the client. */
  public CommandException(String message) {
    super(message);
  }
}
