// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

/** The server has no revision, or no bookmark, of a name that was asked for. */
public final class UnknownNameException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * Makes the error.
   *
   * @param name the name that was asked for
   */
  public UnknownNameException(String name, String message) {
    super(message, null);
    this.name = name;
  }

  /** Returns the name that was asked for. */
  public String name() {
    return name;
  }

  @Override
  PeerException again() {
    return new UnknownNameException(name, String.valueOf(getMessage()));
  }
}
