// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import org.hgwire.core.WireErrorCode;

/** Rejects what can be rejected by the initial byte of a head alone. */
final class InitialByte {
  static final int BREAK = 0xff;

  /** The additional information of an indefinite length. */
  static final int INDEFINITE = 31;

  static final int FALSE = 20;
  static final int TRUE = 21;
  static final int NULL = 22;

  private InitialByte() {}

  /** Checks the initial byte of a value, or of the tag before one. */
  static void checkValue(HeadReader head, boolean tagged, boolean topLevel) {
    int major = head.major();
    int info = head.info();
    checkAdditionalInformation(head);
    if (info == INDEFINITE) {
      checkIndefinite(head, topLevel);
    }
    // "All other semantic tag values are not allowed." (cbor, "Type Limitations")
    if (tagged && major != 4) {
      throw head.malformed("tag 258 on something other than an array");
    }
    if (major == 3) {
      // "Major type 3 (text strings) are NOT supported." (cbor, "Type Limitations")
      throw head.malformed("a text string, which Mercurial's subset does not have");
    }
    if (major == 6 && info < 25) {
      throw head.malformed("a tag other than 258");
    }
    if (major == 7 && (info < FALSE || info > NULL)) {
      // "All other simple data type values […] are disallowed." (cbor, "Type Limitations")
      throw head.malformed("a simple value or float other than false, true and null");
    }
  }

  private static void checkIndefinite(HeadReader head, boolean topLevel) {
    // "they MUST NOT occur inside a container type […]. i.e. they can only occur as the
    // "top-most" element in a stream of values." (cbor, "Indefinite-Length Byte Strings")
    if (head.major() == 7) {
      throw head.malformed("a break outside of an indefinite byte string");
    }
    if (head.major() != 2 || !topLevel) {
      throw head.malformed("an indefinite length, which only a byte string at top level may have");
    }
  }

  /** Checks the initial byte of a chunk of an indefinite byte string, or of its end. */
  static void checkChunk(HeadReader head) {
    if (head.initial() == BREAK) {
      return;
    }
    if (head.major() != 2 || head.info() == INDEFINITE) {
      throw head.fault(
          WireErrorCode.CHUNK_TYPE,
          "a chunk of an indefinite byte string that is not a definite byte string");
    }
    checkAdditionalInformation(head);
  }

  private static void checkAdditionalInformation(HeadReader head) {
    if (head.info() > 27 && head.info() < INDEFINITE) {
      throw head.malformed("the reserved additional information " + head.info());
    }
  }
}
