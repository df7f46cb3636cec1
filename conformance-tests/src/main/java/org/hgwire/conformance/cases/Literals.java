// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
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

  /** Returns the byte strings of a Python list, one char a byte. */
  static List<String> strings(String literal) {
    return ((CborArray) value(literal))
        .items().stream()
            .map(
                item ->
                    new String(
                        ((CborBytes) item).value().toByteArray(), StandardCharsets.ISO_8859_1))
            .toList();
  }

  /** Returns the value of a Python literal. */
  static CborValue value(String literal) {
    return CborDecoder.decodeOne(
        FrameNotation.parsePayload("cbor:" + literal), WireLimits.defaults());
  }
}
