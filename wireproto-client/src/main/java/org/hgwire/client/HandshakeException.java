// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/** There is no repository at the address that speaks wire protocol v2. */
public final class HandshakeException extends PeerException {
  private static final long serialVersionUID = 1L;

  /** What is there instead. */
  public enum Kind {
    /** Something that is not Mercurial. */
    NOT_A_REPOSITORY,
    /** A Mercurial server that speaks only version 1 of the wire protocol. */
    VERSION_1_ONLY,
    /** A handshake whose content violates the protocol. */
    BAD_CONTENT
  }

  private final Kind kind;

  /** Makes the error. */
  public HandshakeException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns what was found. */
  public Kind kind() {
    return kind;
  }

  @Override
  PeerException again() {
    return new HandshakeException(kind, String.valueOf(getMessage()), this);
  }
}
