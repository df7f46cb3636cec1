// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameNotation;

/** Bytes and values as the notation of frames has them in its payloads. */
final class Literals {
  private Literals() {}

  /** Returns the bytes of a text with the escapes of a Python byte string. */
  static ByteString bytes(String text) {
    return ByteString.copyOf(FrameNotation.parsePayload(text));
  }

  /** Returns the value of a Python literal. */
  static CborValue value(String literal) {
    return CborDecoder.decodeOne(
        FrameNotation.parsePayload("cbor:" + literal), WireLimits.defaults());
  }
}
