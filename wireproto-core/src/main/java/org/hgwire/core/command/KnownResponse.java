// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The response to {@code known}: a byte for each node of the request (wireprotocolv2, known). The
 * text says "each byte contains a 0 or 1"; Mercurial sends the digits in ASCII. Both are read,
 * digits are written.
 *
 * @param digits the bytes, each {@code '0'} or {@code '1'}
 */
public record KnownResponse(ByteString digits) {
  /** Checks the digits. */
  public KnownResponse {
    if (!isCanonical(digits)) {
      throw new IllegalArgumentException("only the digits 0 and 1 are allowed");
    }
  }

  /** Returns the response for nodes that are known where {@code known} is true. */
  public static KnownResponse of(List<Boolean> known) {
    byte[] digits = new byte[known.size()];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) (known.get(i) ? '1' : '0');
    }
    return new KnownResponse(ByteString.copyOf(digits));
  }

  /**
   * Reads the response. * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if
   * {@code value} is malformed
   */
  public static KnownResponse read(CborValue value) {
    ValueReader reader = ValueReader.response("known");
    byte[] digits = reader.bytes(value, "the response").toByteArray();
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) (digits[i] >>> 1 == 0 ? digits[i] | '0' : digits[i]);
    }
    ByteString ascii = ByteString.copyOf(digits);
    if (!isCanonical(ascii)) {
      throw reader.fault("the response holds a byte that is neither 0 nor 1");
    }
    return new KnownResponse(ascii);
  }

  private static boolean isCanonical(ByteString digits) {
    for (int i = 0; i < digits.length(); i++) {
      if ((digits.at(i) | 1) != '1') {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of nodes. */
  public int size() {
    return digits.length();
  }

  /** Returns whether the node at {@code index} of the request is known. */
  public boolean known(int index) {
    return digits.at(index) == '1';
  }

  /** Returns the byte string. */
  public CborBytes toCbor() {
    return new CborBytes(digits);
  }
}
