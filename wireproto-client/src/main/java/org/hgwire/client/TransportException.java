// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/**
 * The bytes could not be transferred: unknown host, connection refused or closed, untrusted TLS
 * certificate.
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
