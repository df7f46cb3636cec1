// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

/**
 * A fault of the peer: what it sent violates the protocol or a limit, or it reported an error.
 *
 * <p>Decoders and reactors throw nothing else for any input. A fault of the caller is an {@link
 * IllegalArgumentException} or an {@link IllegalStateException}. The message is one sentence
 * without control characters.
 */
public final class WireProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final WireErrorCode code;
  private final ErrorScope scope;
  private final ErrorOrigin origin;

  /**
   * Makes the error.
   *
   * @param code what kind of fault it is
   * @param scope how much of the exchange it ends
   * @param origin who found it
   * @param message one sentence: what happened, where, and what was expected
   */
  public WireProtocolException(
      WireErrorCode code, ErrorScope scope, ErrorOrigin origin, String message) {
    super(message);
    this.code = code;
    this.scope = scope;
    this.origin = origin;
  }

  /** Returns an error that we found and that ends the whole exchange. */
  public static WireProtocolException connection(WireErrorCode code, String message) {
    return new WireProtocolException(code, ErrorScope.CONNECTION, ErrorOrigin.LOCAL, message);
  }

  /** Returns an error that we found and that ends one stream. */
  public static WireProtocolException stream(WireErrorCode code, String message) {
    return new WireProtocolException(code, ErrorScope.STREAM, ErrorOrigin.LOCAL, message);
  }

  /** Returns an error that we found and that ends one request. */
  public static WireProtocolException request(WireErrorCode code, String message) {
    return new WireProtocolException(code, ErrorScope.REQUEST, ErrorOrigin.LOCAL, message);
  }

  /** Returns the kind of fault. */
  public WireErrorCode code() {
    return code;
  }

  /** Returns how much of the exchange the error ends. */
  public ErrorScope scope() {
    return scope;
  }

  /** Returns who found the fault. */
  public ErrorOrigin origin() {
    return origin;
  }
}
