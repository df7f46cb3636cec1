// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/** The peer exceeded one of the timeouts of {@link PeerOptions}. */
public final class PeerTimeoutException extends TransportException {
  private static final long serialVersionUID = 1L;

  /** Makes the error. */
  public PeerTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  PeerException again() {
    return new PeerTimeoutException(String.valueOf(getMessage()), this);
  }
}
