// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response of version 2: its frames, held against the rules for what a server sends
 * (wireprotocolrpc), and the responses that they make up.
 */
public final class FramedResponse {
  private final List<Frame> frames = new ArrayList<>();
  private final SortedMap<Integer, CommandResponse> responses = new TreeMap<>();
  private final Map<Integer, ServerStream> streams = new TreeMap<>();
  private @Nullable String fault;

  private FramedResponse() {}

  /** Reads a body up to its end or its first fault. */
  public static FramedResponse read(ByteString body) {
    FramedResponse response = new FramedResponse();
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    FrameAssembler assembler = new FrameAssembler(decoder);
    try {
      decoder.feed(body.asByteBuffer());
      for (Frame frame = assembler.poll(); frame != null; frame = assembler.poll()) {
        Frame copy = new Frame(frame.header(), ByteString.copyOf(frame.payload()).asByteBuffer());
        response.frames.add(copy);
        response.accept(copy);
      }
      decoder.endOfInput();
    } catch (WireProtocolException e) {
      response.fault = e.getMessage();
    } finally {
      response.streams.values().forEach(ServerStream::close);
    }
    return response;
  }

  /** Returns the frames, as far as they can be read. */
  public List<Frame> frames() {
    return Collections.unmodifiableList(frames);
  }

  /**
   * Returns what is wrong with the last of the {@link #frames}, or with what follows; else null.
   */
  public @Nullable String fault() {
    return fault;
  }

  /** Returns the responses by the ids of their requests. */
  public SortedMap<Integer, CommandResponse> responses() {
    return Collections.unmodifiableSortedMap(responses);
  }

  private void accept(Frame frame) {
    FrameHeader header = frame.header();
    FrameType type = FrameType.ofCode(header.typeCode());
    if (type == null || !ServerStream.SENT_BY_SERVERS.contains(type)) {
      throw ServerStream.fault("a server does not send frames of type " + header.typeCode());
    }
    if (!type.allows(header.flags())) {
      throw ServerStream.fault(
          "a frame of type " + type.wireName() + " has the flags " + header.flags());
    }
    ServerStream stream = streams.computeIfAbsent(header.streamId(), ServerStream::new);
    byte[] payload = stream.decode(frame);
    if (type == FrameType.STREAM_SETTINGS) {
      stream.settings(payload, header.hasFlag(FrameType.EOS));
      return;
    }
    CommandResponse response =
        responses.computeIfAbsent(header.requestId(), id -> new CommandResponse());
    if (type == FrameType.COMMAND_RESPONSE || type == FrameType.ERROR_RESPONSE) {
      if (response.hasEnded()) {
        throw ServerStream.fault(
            "a frame follows the end of the response to request " + header.requestId());
      }
      if (type == FrameType.ERROR_RESPONSE) {
        response.fail(payload);
      } else {
        response.add(payload, stream.encodingOf(frame));
        if (header.hasFlag(FrameType.EOS)) {
          response.end();
        }
      }
    }
  }
}
