// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.testing.FrameBytes;
import org.jspecify.annotations.Nullable;

/**
 * A request, or sender settings, put together from the frames of a client.
 *
 * @param requestId the request id of the frames
 * @param payload what they carry
 */
record SentMessage(int requestId, ByteString payload) {
  /** Returns the messages whose last frame is there. */
  static List<SentMessage> of(FrameBytes body) {
    List<SentMessage> messages = new ArrayList<>();
    Map<Integer, ByteArrayOutputStream> open = new HashMap<>();
    for (Frame frame : body.frames()) {
      FrameHeader header = frame.header();
      FrameType type = FrameType.ofCode(header.typeCode());
      if (type != FrameType.COMMAND_REQUEST && type != FrameType.SENDER_PROTOCOL_SETTINGS) {
        continue;
      }
      int key = header.requestId() << 4 | header.typeCode();
      open.computeIfAbsent(key, id -> new ByteArrayOutputStream())
          .writeBytes(ByteString.copyOf(frame.payload()).toByteArray());
      boolean last =
          type == FrameType.COMMAND_REQUEST
              ? !header.hasFlag(FrameType.REQUEST_MORE)
              : header.hasFlag(FrameType.EOS);
      ByteArrayOutputStream bytes = last ? open.remove(key) : null;
      if (bytes != null) {
        messages.add(new SentMessage(header.requestId(), ByteString.copyOf(bytes.toByteArray())));
      }
    }
    return messages;
  }

  /** Returns the map that it is, or null if it is none. */
  @Nullable CborMap map() {
    try {
      return CborDecoder.decodeOne(payload.asByteBuffer(), WireLimits.defaults())
              instanceof CborMap map
          ? map
          : null;
    } catch (WireProtocolException malformed) {
      return null;
    }
  }

  /** Returns the name of the command, or an empty string if there is none. */
  String command() {
    CborMap map = map();
    return map != null && map.get("name") instanceof CborBytes name ? name.value().utf8() : "";
  }
}
