// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/** Assertions on the faults of malformed texts. */
final class Faults {
  private Faults() {}

  static void assertBadResponse(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WireProtocolException.class,
            e -> {
              assertThat(e.code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
              assertThat(e.scope()).isEqualTo(ErrorScope.REQUEST);
            })
        .hasMessageContaining(message);
  }

  /** Runs {@code call}, which may fail with a fault of the peer and in no other way. */
  static void attempt(Runnable call) {
    try {
      call.run();
    } catch (WireProtocolException e) {
      assertThat(e.code()).isIn(WireErrorCode.BAD_RESPONSE, WireErrorCode.LIMIT);
    }
  }
}
