// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/**
 * The bytes did not get through: unknown host, connection refused or cut, TLS that is not trusted,
 * a full disk under the spill files.
 */
public class TransportException extends PeerException {
  private static final long serialVersionUID = 1L;

  /** Makes the error. */
  public TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  PeerException again() {
    return new TransportException(String.valueOf(getMessage()), this);
  }
}
