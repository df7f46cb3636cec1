// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.WireProtocolException;

/** What the server sent violates the protocol, a limit, or the definition of its command. */
public final class PeerProtocolException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final WireProtocolException fault;

  /** Makes the error. */
  public PeerProtocolException(String message, WireProtocolException fault) {
    super(message, fault);
    this.fault = fault;
  }

  /** Returns the fault, with its code. */
  public WireProtocolException fault() {
    return fault;
  }

  @Override
  PeerException again() {
    return new PeerProtocolException(String.valueOf(getMessage()), fault);
  }
}
