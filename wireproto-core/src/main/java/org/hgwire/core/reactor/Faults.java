// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;

/** Creates exceptions that name a frame or a limit, for both reactors. */
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

  static WireProtocolException overloaded(String what) {
    return WireProtocolException.connection(
        WireErrorCode.OVERLOADED, what + "; send the request again later");
  }

  static WireProtocolException limit(String what, long limit) {
    return WireProtocolException.connection(
        WireErrorCode.LIMIT, what + " exceeds the limit of " + limit);
  }
}
