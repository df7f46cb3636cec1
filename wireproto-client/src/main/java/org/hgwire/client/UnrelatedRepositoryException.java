// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

/** The server's repository and the local one have no changeset in common. */
public final class UnrelatedRepositoryException extends PeerException {
  private static final long serialVersionUID = 1L;

  /** Makes the error. */
  public UnrelatedRepositoryException(String message) {
    super(message, null);
  }

  @Override
  PeerException again() {
    return new UnrelatedRepositoryException(String.valueOf(getMessage()));
  }
}
