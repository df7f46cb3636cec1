// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;

/** Values in diagnostic notation, and assertions on faults. */
final class Notation {
  /** Two nodes: their bytes in hexadecimal. */
  static final String A = "fd95e6db3a2e205793f2b9d5e7b7a6cac9876630";

  static final String B = "f07b2d036f136e86e94c8df24e1e620f67e26b72";
  static final String ZERO = "0".repeat(40);

  static final Node NODE_A = Node.fromHex(A);
  static final Node NODE_B = Node.fromHex(B);

  private Notation() {}

  /** Parses {@code text}, in which A, B and ZERO stand for nodes. */
  static CborValue value(String text) {
    return DiagnosticNotation.parse(
        text.replace("$A", "h'" + A + "'")
            .replace("$B", "h'" + B + "'")
            .replace("$0", "h'" + ZERO + "'"));
  }

  static CborMap map(String text) {
    return (CborMap) value(text);
  }

  static void assertFault(WireErrorCode code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WireProtocolException.class,
            e -> {
              org.assertj.core.api.Assertions.assertThat(e.code()).isEqualTo(code);
              org.assertj.core.api.Assertions.assertThat(e.scope()).isEqualTo(ErrorScope.REQUEST);
              org.assertj.core.api.Assertions.assertThat(e.origin()).isEqualTo(ErrorOrigin.LOCAL);
            })
        .hasMessageContaining(message);
  }
}
