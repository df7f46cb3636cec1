// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

/** The arguments of a command are not those that a client of version 1 sends. */
public final class MalformedArgumentsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param message one sentence for the client
   */
  public MalformedArgumentsException(String message) {
    super(message);
  }
}
