// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import org.hgwire.core.ByteString;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.bundle.ByteSource;

/** The response to a command of version 1. */
public sealed interface Version1Response {
  /**
   * Turns a response into what a transport has for it.
   *
   * @param <T> what it becomes
   */
  interface Visitor<T> {
    /** Visits bytes that are known. */
    T visitWhole(Whole whole);

    /** Visits a stream. */
    T visitStream(Stream stream);

    /** Visits a refusal for people. */
    T visitRefused(Refused refused);

    /** Visits the refusal of a caller. */
    T visitDenied(Denied denied);

    /** Visits the refusal of a request. */
    T visitMalformed(Malformed malformed);
  }

  /** Passes this response to the method for its type. */
  <T> T accept(Visitor<T> visitor);

  /**
   * A response that is known: a "string" in the words of the text.
   *
   * @param bytes the bytes
   */
  record Whole(ByteString bytes) implements Version1Response {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitWhole(this);
    }
  }

  /**
   * A response that is made as it is read: a "stream" in the words of the text.
   *
   * @param bytes its bytes; closed by whoever reads the response
   * @param compressible whether it is worth to compress them
   */
  record Stream(ByteSource bytes, boolean compressible) implements Version1Response {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitStream(this);
    }
  }

  /**
   * The command is refused, or failed: "a generic error response".
   *
   * @param text one sentence that the client shows to its user
   */
  record Refused(String text) implements Version1Response {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitRefused(this);
    }
  }

  /**
   * The caller may not run the command, or has to authenticate first.
   *
   * @param decision why
   */
  record Denied(AccessDecision decision) implements Version1Response {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitDenied(this);
    }
  }

  /**
   * There is no such command, or its arguments are malformed.
   *
   * @param reason one sentence for the log of the client
   */
  record Malformed(String reason) implements Version1Response {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitMalformed(this);
    }
  }
}
