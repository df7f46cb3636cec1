// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response to {@code pushkey}. The protocol's text does not specify it; Mercurial sends a
 * boolean.
 *
 * @param changed whether the value was set
 */
public record PushkeyResponse(boolean changed) {
  /**
   * Reads the response. * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if
   * {@code value} is malformed
   */
  public static PushkeyResponse read(CborValue value) {
    return new PushkeyResponse(ValueReader.response("pushkey").bool(value, "the response"));
  }

  /** Returns the boolean. */
  public CborBoolean toCbor() {
    return CborBoolean.of(changed);
  }
}
