// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;

/** The faults that both reactors find, said the same way. */
final class Faults {
  private Faults() {}

  static WireProtocolException of(WireErrorCode code, FrameHeader header, String what) {
    FrameType type = FrameType.ofCode(header.typeCode());
    return WireProtocolException.connection(
        code,
        (type == null ? "frame of type " + header.typeCode() : type.wireName() + " frame")
            + " of request "
            + header.requestId()
            + " on stream "
            + header.streamId()
            + " "
            + what);
  }

  static WireProtocolException limit(String what, long limit) {
    return WireProtocolException.connection(
        WireErrorCode.LIMIT, what + " exceeds the limit of " + limit);
  }

  /**
   * Checks the flags of a data, response or settings frame: "The 0x01 flag is mutually exclusive
   * with the 0x02 flag", and one of them says whether more follows.
   */
  static void requireContinuationOrEos(FrameHeader header) {
    if (header.flags() != FrameType.CONTINUATION && header.flags() != FrameType.EOS) {
      throw of(
          WireErrorCode.FRAME_FLAGS,
          header,
          "must have either the continuation or the eos flag, not the flags " + header.flags());
    }
  }
}
