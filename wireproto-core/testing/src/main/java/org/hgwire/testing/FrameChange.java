// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;

/** What is changed in one frame of a sequence. */
enum FrameChange {
  REQUEST_ID,
  STREAM_ID,
  STREAM_FLAGS,
  TYPE,
  FLAGS,
  LEAVE_OUT,
  REPEAT,
  MOVE_TO_END,
  SHORTEN,
  LENGTHEN;

  /** Changes the frame at {@code place}, modulo their number. */
  FrameBytes applyTo(FrameBytes bytes, int place, int value) {
    List<Frame> frames = new ArrayList<>(bytes.frames());
    if (frames.isEmpty()) {
      return bytes;
    }
    int at = place % frames.size();
    Frame frame = frames.get(at);
    switch (this) {
      case LEAVE_OUT -> frames.remove(at);
      case REPEAT -> frames.add(at, frame);
      case MOVE_TO_END -> {
        frames.remove(at);
        frames.add(frame);
      }
      default -> frames.set(at, changed(frame, value));
    }
    return FrameBytes.of(frames);
  }

  private Frame changed(Frame frame, int value) {
    FrameHeader header = frame.header();
    ByteBuffer payload = payload(frame.payload(), value);
    return new Frame(
        new FrameHeader(
            payload.remaining(),
            this == REQUEST_ID ? value : header.requestId(),
            this == STREAM_ID ? value & 0xff : header.streamId(),
            this == STREAM_FLAGS ? value & 0xff : header.streamFlags(),
            this == TYPE ? value & 0xf : header.typeCode(),
            this == FLAGS ? value & 0xf : header.flags()),
        payload);
  }

  private ByteBuffer payload(ByteBuffer payload, int value) {
    int length = payload.remaining();
    return switch (this) {
      case SHORTEN -> payload.slice(payload.position(), length == 0 ? 0 : value % length);
      case LENGTHEN -> ByteBuffer.allocate(length + 2).put(payload).putShort((short) value).flip();
      default -> payload;
    };
  }
}
