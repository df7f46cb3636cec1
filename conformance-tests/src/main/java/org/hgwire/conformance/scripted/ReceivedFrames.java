// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.SenderSettings;

/**
 * The frames of a request.
 *
 * @param frames the frames, in order
 * @param settings what the client says it understands, or the defaults
 * @param requests the requests for commands, by id
 */
record ReceivedFrames(
    List<Frame> frames, SenderSettings settings, Map<Integer, CommandRequest> requests) {
  /**
   * Reads frames.
   *
   * @throws WireProtocolException if these are no frames, or what is in them is malformed
   */
  static ReceivedFrames read(ByteString body) {
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    FrameAssembler assembler = new FrameAssembler(decoder);
    List<Frame> frames = new ArrayList<>();
    Map<Integer, ByteArrayOutputStream> payloads = new LinkedHashMap<>();
    ByteArrayOutputStream settings = new ByteArrayOutputStream();
    decoder.feed(body.asByteBuffer());
    for (Frame frame = assembler.poll(); frame != null; frame = assembler.poll()) {
      frames.add(frame);
      int type = frame.header().typeCode();
      if (type == FrameType.COMMAND_REQUEST.code()) {
        add(
            frame,
            payloads.computeIfAbsent(
                frame.header().requestId(), id -> new ByteArrayOutputStream()));
      } else if (type == FrameType.SENDER_PROTOCOL_SETTINGS.code()) {
        add(frame, settings);
      }
    }
    decoder.endOfInput();
    Map<Integer, CommandRequest> requests = new LinkedHashMap<>();
    payloads.forEach(
        (id, payload) ->
            requests.put(
                id,
                CommandRequest.read(
                    CborDecoder.decodeOne(
                        ByteBuffer.wrap(payload.toByteArray()), WireLimits.defaults()))));
    if (requests.isEmpty()) {
      throw WireProtocolException.connection(
          WireErrorCode.BAD_REQUEST, "the request has no command");
    }
    return new ReceivedFrames(frames, settings(settings), requests);
  }

  private static void add(Frame frame, ByteArrayOutputStream all) {
    all.writeBytes(ByteString.copyOf(frame.payload()).toByteArray());
  }

  private static SenderSettings settings(ByteArrayOutputStream bytes) {
    return bytes.size() == 0
        ? SenderSettings.DEFAULT
        : SenderSettings.read(
            CborDecoder.decodeOne(ByteBuffer.wrap(bytes.toByteArray()), WireLimits.defaults()));
  }
}
