// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hgwire.conformance.exchange.FaultPlace.Field;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
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
  /** The bytes of a header that declare the length of the payload. */
  private static final int LENGTH_BYTES = 3;

  private final List<Frame> frames = new ArrayList<>();
  private final SortedMap<Integer, CommandResponse> responses = new TreeMap<>();
  private final Map<Integer, ServerStream> streams = new TreeMap<>();
  private @Nullable String fault;
  private @Nullable FaultPlace faultPlace;

  private FramedResponse() {}

  /** Reads a body up to its end or its first fault. */
  public static FramedResponse read(ByteString body) {
    FramedResponse response = new FramedResponse();
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    FrameAssembler assembler = new FrameAssembler(decoder);
    int at = 0;
    try {
      decoder.feed(body.asByteBuffer());
      for (Frame frame = assembler.poll(); frame != null; frame = assembler.poll()) {
        Frame copy = new Frame(frame.header(), ByteString.copyOf(frame.payload()).asByteBuffer());
        response.frames.add(copy);
        at += FrameHeader.BYTES + copy.header().payloadLength();
        if (!response.accepts(copy)) {
          return response;
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException e) {
      response.fault = e.getMessage();
      int end = e.code() == WireErrorCode.LIMIT ? at + LENGTH_BYTES : body.length();
      response.faultPlace = new FaultPlace.BodyBytes(at, end);
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

  /** Returns where the {@link #fault} is, or null if there is none. */
  public @Nullable FaultPlace faultPlace() {
    return faultPlace;
  }

  /** Returns the responses by the ids of their requests. */
  public SortedMap<Integer, CommandResponse> responses() {
    return Collections.unmodifiableSortedMap(responses);
  }

  private boolean accepts(Frame frame) {
    Field field;
    try {
      accept(frame);
      return true;
    } catch (FrameFault e) {
      fault = e.getMessage();
      field = e.field();
    } catch (WireProtocolException e) {
      fault = e.getMessage();
      field = Field.PAYLOAD;
    }
    faultPlace = new FaultPlace.FrameField(frames.size() - 1, field);
    return false;
  }

  private void accept(Frame frame) {
    FrameHeader header = frame.header();
    FrameType type = FrameType.ofCode(header.typeCode());
    if (type == null || !ServerStream.SENT_BY_SERVERS.contains(type)) {
      throw new FrameFault(
          Field.TYPE, "a server does not send frames of type " + header.typeCode());
    }
    if (!type.allows(header.flags())) {
      throw new FrameFault(
          Field.FLAGS, "a frame of type " + type.wireName() + " has the flags " + header.flags());
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
        throw new FrameFault(
            Field.REQUEST_ID,
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
