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

/** Reads a payload that is one CBOR value, with the faults of what it should have been. */
final class PayloadReader {
  private PayloadReader() {}

  /**
   * Returns the one value that {@code payload} is.
   *
   * @throws WireProtocolException with {@code code} and {@code scope} if it is not one value, or
   *     with the code of the limit that it exceeds
   */
  static CborValue readOne(
      ByteBuffer payload, WireLimits limits, WireErrorCode code, ErrorScope scope, String what) {
    try {
      return CborDecoder.decodeOne(payload, limits);
    } catch (WireProtocolException fault) {
      throw rescoped(fault, code, scope, what);
    }
  }

  /** Returns {@code fault} as one of {@code what}; the codes of limits are kept. */
  static WireProtocolException rescoped(
      WireProtocolException fault, WireErrorCode code, ErrorScope scope, String what) {
    boolean limit = fault.code() == WireErrorCode.LIMIT || fault.code() == WireErrorCode.DEPTH;
    return new WireProtocolException(
        limit ? fault.code() : code,
        scope,
        ErrorOrigin.LOCAL,
        what + " is not sound CBOR: " + fault.getMessage());
  }
}
