// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.jspecify.annotations.Nullable;

/** The rules for frames of clients (wireprotocolrpc, Frames, and Streams). */
final class FrameRules {
  private static final int MAX_PAYLOAD = 65_535;
  private static final Set<FrameType> SENT_BY_CLIENTS =
      EnumSet.of(
          FrameType.COMMAND_REQUEST, FrameType.COMMAND_DATA, FrameType.SENDER_PROTOCOL_SETTINGS);

  private FrameRules() {}

  static @Nullable String requestIds(ReceivedFrames received) {
    Set<Integer> begun = new HashSet<>();
    for (Frame frame : received.frames()) {
      FrameHeader header = frame.header();
      if (header.requestId() % 2 == 0) {
        return "the id of a request is " + header.requestId() + ", which is even";
      }
      if (header.typeCode() == FrameType.COMMAND_REQUEST.code()
          && header.hasFlag(FrameType.REQUEST_NEW)
          && !begun.add(header.requestId())) {
        return "request " + header.requestId() + " begins twice";
      }
    }
    return null;
  }

  static @Nullable String streamIds(ReceivedFrames received) {
    for (Frame frame : received.frames()) {
      if (frame.header().streamId() % 2 == 0) {
        return "the id of a stream is " + frame.header().streamId() + ", which is even";
      }
    }
    return null;
  }

  static @Nullable String streamBegin(ReceivedFrames received) {
    Set<Integer> open = new HashSet<>();
    for (Frame frame : received.frames()) {
      int stream = frame.header().streamId();
      boolean begins = frame.header().hasStreamFlag(StreamFlags.BEGIN);
      if (begins == open.contains(stream)) {
        return "stream " + stream + (begins ? " begins twice" : " does not begin");
      }
      open.add(stream);
      if (frame.header().hasStreamFlag(StreamFlags.END)) {
        open.remove(stream);
      }
    }
    return null;
  }

  static @Nullable String types(ReceivedFrames received) {
    for (Frame frame : received.frames()) {
      FrameType type = FrameType.ofCode(frame.header().typeCode());
      if (type == null || !SENT_BY_CLIENTS.contains(type)) {
        return "a frame has the type " + frame.header().typeCode();
      }
    }
    return null;
  }

  static @Nullable String flags(ReceivedFrames received) {
    for (Frame frame : received.frames()) {
      FrameHeader header = frame.header();
      FrameType type = FrameType.ofCode(header.typeCode());
      if (type != null && !type.allows(header.flags())) {
        return "flags " + type.flagsRule() + ", but are " + header.flags();
      }
      if ((header.streamFlags() & ~StreamFlags.DEFINED) != 0) {
        return "the flags of a stream are " + header.streamFlags();
      }
      if (header.hasStreamFlag(StreamFlags.ENCODED)) {
        return "a frame is encoded, though nobody said that the server decodes it";
      }
    }
    return null;
  }

  /** "When set, command data frames are expected to follow" (wireprotocolrpc, Command Request). */
  static @Nullable String complete(ReceivedFrames received) {
    Map<Integer, FrameHeader> last = new LinkedHashMap<>();
    for (Frame frame : received.frames()) {
      if (frame.header().typeCode() != FrameType.SENDER_PROTOCOL_SETTINGS.code()) {
        last.put(frame.header().requestId(), frame.header());
      }
    }
    for (FrameHeader header : last.values()) {
      int more =
          header.typeCode() == FrameType.COMMAND_DATA.code()
              ? FrameType.CONTINUATION
              : FrameType.REQUEST_MORE | FrameType.REQUEST_HAVE_DATA;
      if ((header.flags() & more) != 0) {
        return "the last frame of request " + header.requestId() + " says that more follow";
      }
    }
    return null;
  }

  static @Nullable String settingsFirst(ReceivedFrames received) {
    boolean others = false;
    for (Frame frame : received.frames()) {
      if (frame.header().typeCode() != FrameType.SENDER_PROTOCOL_SETTINGS.code()) {
        others = true;
      } else if (others) {
        return "settings of the sender follow other frames";
      }
    }
    return null;
  }

  static @Nullable String payloadSize(ReceivedFrames received) {
    for (Frame frame : received.frames()) {
      if (frame.header().payloadLength() > MAX_PAYLOAD) {
        return "a frame has " + frame.header().payloadLength() + " bytes";
      }
    }
    return null;
  }
}
