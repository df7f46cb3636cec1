// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.jspecify.annotations.Nullable;

/** What answers at the address is not a repository that speaks wire protocol v2. */
public final class HandshakeException extends PeerException {
  private static final long serialVersionUID = 1L;

  /** What was found there instead. */
  public enum Kind {
    /** Something that is not Mercurial. */
    NOT_A_REPOSITORY,
    /** A Mercurial server that speaks only version 1 of the wire protocol. */
    VERSION_1_ONLY,
    /** A handshake whose content is not what the protocol says. */
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
