// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/** Checks that an input which was fed at once was exactly one whole value. */
final class SingleValue {
  private SingleValue() {}

  /**
   * Returns the value.
   *
   * @param event the first event of the input
   * @param head what is left of the input
   */
  static CborValue of(@Nullable CborEvent event, HeadReader head, WireLimits limits) {
    if (event instanceof CborEvent.ValueRead read) {
      if (head.remaining() > 0) {
        throw WireProtocolException.request(
            WireErrorCode.MALFORMED,
            "one CBOR value was expected, but bytes follow it at byte " + head.position());
      }
      return read.value();
    }
    if (event instanceof CborEvent.BytesStarted started) {
      throw started.length() == CborEvent.BytesStarted.INDEFINITE
          ? head.malformed("an indefinite byte string where a whole value was expected")
          : head.fault(
              WireErrorCode.LIMIT,
              "a byte string of "
                  + started.length()
                  + " bytes where a whole value of at most "
                  + limits.intOf(WireLimit.WHOLE_BYTE_STRING)
                  + " was expected");
    }
    throw WireProtocolException.request(
        WireErrorCode.TRUNCATED,
        "the CBOR input ends at byte " + head.position() + ", before one whole value");
  }
}
