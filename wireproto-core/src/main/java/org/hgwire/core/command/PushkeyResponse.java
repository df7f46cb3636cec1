// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response of {@code pushkey}. The text leaves it open; Mercurial sends a boolean.
 *
 * @param changed whether the value was set
 */
public record PushkeyResponse(boolean changed) {
  /**
   * Reads it.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is not
   *     that
   */
  public static PushkeyResponse read(CborValue value) {
    return new PushkeyResponse(ValueReader.response("pushkey").bool(value, "the response"));
  }

  /** Returns the boolean. */
  public CborBoolean toCbor() {
    return CborBoolean.of(changed);
  }
}
