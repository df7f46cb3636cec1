// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.frame.FrameType;

/** A series of frames that together carry one thing longer than a frame, and its flags. */
enum FrameSeries {
  /** A command request without data. */
  REQUEST(FrameType.COMMAND_REQUEST),
  /** A command request followed by data; every frame of it has the flag for that. */
  REQUEST_WITH_DATA(FrameType.COMMAND_REQUEST),
  /** The data of a command. */
  DATA(FrameType.COMMAND_DATA),
  /** The response to a command. */
  RESPONSE(FrameType.COMMAND_RESPONSE);

  private final FrameType type;

  FrameSeries(FrameType type) {
    this.type = type;
  }

  FrameType type() {
    return type;
  }

  /** Returns the flags of a frame that is the first or last of the series, both or neither. */
  int flags(boolean first, boolean last) {
    if (type != FrameType.COMMAND_REQUEST) {
      return last ? FrameType.EOS : FrameType.CONTINUATION;
    }
    return (first ? FrameType.REQUEST_NEW : FrameType.REQUEST_CONTINUATION)
        | (last ? 0 : FrameType.REQUEST_MORE)
        | (this == REQUEST_WITH_DATA ? FrameType.REQUEST_HAVE_DATA : 0);
  }
}
