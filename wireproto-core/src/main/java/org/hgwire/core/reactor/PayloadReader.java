// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborValue;

/** Reads a payload that must be one CBOR value, and translates faults. */
final class PayloadReader {
  private PayloadReader() {}

  /**
   * Returns the one value in {@code payload}.
   *
   * @throws WireProtocolException with {@code code} and {@code scope} if it is not exactly one
   *     value, or with the code of the limit that it exceeds
   */
  static CborValue readOne(
      ByteBuffer payload, WireLimits limits, WireErrorCode code, ErrorScope scope, String what) {
    try {
      return CborDecoder.decodeOne(payload, limits);
    } catch (WireProtocolException fault) {
      throw rescoped(fault, code, scope, what);
    }
  }

  /** Returns {@code fault} as a fault in {@code what}; the codes of limits are kept. */
  static WireProtocolException rescoped(
      WireProtocolException fault, WireErrorCode code, ErrorScope scope, String what) {
    boolean limit = fault.code() == WireErrorCode.LIMIT || fault.code() == WireErrorCode.DEPTH;
    return new WireProtocolException(
        limit ? fault.code() : code,
        scope,
        ErrorOrigin.LOCAL,
        what + " is not valid CBOR: " + fault.getMessage());
  }
}
