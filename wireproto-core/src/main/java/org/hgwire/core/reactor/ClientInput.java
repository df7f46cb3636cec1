// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.message.RichMessage;
import org.hgwire.core.reactor.ClientRequests.Phase;
import org.hgwire.core.reactor.ClientRequests.Request;
import org.jspecify.annotations.Nullable;

/** Processes the frames of a server. {@link ClientRequests} has the transitions. */
final class ClientInput implements FrameHandler<ClientEvent> {
  private final WireLimits limits;
  private final ClientRequests requests;
  private final IncomingStreams streams;
  private final Queue<ClientEvent> events = new ArrayDeque<>();
  private final PayloadBuffer message = new PayloadBuffer();

  /** Whether the frame has brought nothing of its response yet. */
  private boolean isEmpty;

  ClientInput(WireLimits limits, ClientRequests requests, IncomingStreams streams) {
    this.limits = limits;
    this.requests = requests;
    this.streams = streams;
  }

  @Override
  public void frameStarted(FrameHeader header, FrameType type, IncomingStream stream) {
    switch (type) {
      case COMMAND_RESPONSE, ERROR_RESPONSE, TEXT_OUTPUT, PROGRESS, STREAM_SETTINGS -> {}
      default -> throw Faults.of(WireErrorCode.UNEXPECTED_FRAME, header, "is not a server's");
    }
    Request request = requests.unended(header.requestId());
    if (request == null) {
      throw Faults.of(
          WireErrorCode.REQUEST_INACTIVE, header, "is for a request that is not active");
    }
    if ((type == FrameType.TEXT_OUTPUT || type == FrameType.PROGRESS)
        && request.sideChannelFrames++ >= limits.intOf(WireLimit.MAX_SIDE_CHANNEL_FRAMES)) {
      throw Faults.limit(
          "the number of text output and progress frames without data of the response",
          limits.intOf(WireLimit.MAX_SIDE_CHANNEL_FRAMES));
    }
    isEmpty = true;
    stream.requests().add(header.requestId());
    if (type == FrameType.COMMAND_RESPONSE
        && header.hasStreamFlag(StreamFlags.ENCODED)
        && stream.mayBuffer()) {
      request.encodedOn = stream;
    }
  }

  @Override
  public @Nullable ClientEvent payloadRead(FrameHeader header, FrameType type, ByteBuffer piece) {
    Request request = requests.unended(header.requestId());
    if (request != null && type == FrameType.COMMAND_RESPONSE) {
      isEmpty = false;
      request.emptyFrames = 0;
      request.sideChannelFrames = 0;
    }
    if (request == null || request.phase == Phase.DROPPED) {
      return null;
    }
    if (type == FrameType.COMMAND_RESPONSE) {
      return new ClientEvent.ResponseReceived(request.id, piece);
    }
    // The decoded payload of a frame with one message has the same limit as the encoded one.
    if (piece.remaining() > limits.intOf(WireLimit.MAX_FRAME_PAYLOAD) - message.size()) {
      fail(
          request,
          WireProtocolException.request(
              WireErrorCode.LIMIT,
              "the decoded payload of a "
                  + type.wireName()
                  + " frame exceeds the limit of "
                  + limits.intOf(WireLimit.MAX_FRAME_PAYLOAD)));
      return null;
    }
    message.append(piece);
    return null;
  }

  @Override
  public void frameEnded(FrameHeader header, FrameType type) {
    Request request = requests.unended(header.requestId());
    if (request != null) {
      switch (type) {
        case COMMAND_RESPONSE -> responseEnded(header, request);
        case ERROR_RESPONSE -> errorEnded(request);
        case TEXT_OUTPUT, PROGRESS -> sideChannelEnded(request, type);
        default -> {}
      }
    }
    message.clear();
  }

  private void responseEnded(FrameHeader header, Request request) {
    if (header.hasFlag(FrameType.EOS)) {
      if (end(request)) {
        events.add(new ClientEvent.ResponseEnded(request.id));
      }
    } else if (isEmpty
        && request.emptyFrames++ >= limits.intOf(WireLimit.MAX_EMPTY_RESPONSE_FRAMES)) {
      throw Faults.limit(
          "the number of empty frames in a row of a response",
          limits.intOf(WireLimit.MAX_EMPTY_RESPONSE_FRAMES));
    }
  }

  private void errorEnded(Request request) {
    retire(request);
    if (end(request)) {
      events.add(parsed(request, FrameType.ERROR_RESPONSE));
    }
  }

  /**
   * Retires the stream of a response that was interrupted. What its encoder had buffered arrives
   * with the next response on that stream (Mercurial's server does this) and cannot be
   * distinguished from it.
   */
  private static void retire(Request request) {
    IncomingStream stream = request.encodedOn;
    if (stream != null && stream.fault() == null) {
      stream.corrupt(
          new WireProtocolException(
              WireErrorCode.ENCODING_CORRUPT,
              ErrorScope.STREAM,
              ErrorOrigin.PEER,
              "stream "
                  + stream.id()
                  + " may have remaining bytes of request "
                  + request.id
                  + ", which failed in the middle of its response"));
    }
  }

  private void sideChannelEnded(Request request, FrameType type) {
    if (request.phase == Phase.AWAITED) {
      ClientEvent event = parsed(request, type);
      if (event instanceof ClientEvent.RequestFailed) {
        requests.drop(request);
      }
      events.add(event);
    }
  }

  private ClientEvent parsed(Request request, FrameType type) {
    try {
      CborValue value =
          PayloadReader.readOne(
              message.view(),
              limits,
              WireErrorCode.BAD_RESPONSE,
              ErrorScope.REQUEST,
              "the " + type.wireName() + " frame of request " + request.id);
      return switch (type) {
        case ERROR_RESPONSE -> new ClientEvent.ErrorReceived(request.id, ErrorResponse.read(value));
        case TEXT_OUTPUT -> new ClientEvent.TextOutputReceived(request.id, RichMessage.read(value));
        default -> new ClientEvent.ProgressReceived(request.id, ProgressUpdate.read(value));
      };
    } catch (WireProtocolException fault) {
      return new ClientEvent.RequestFailed(request.id, fault);
    }
  }

  private boolean end(Request request) {
    streams.forgetRequest(request.id);
    return requests.end(request);
  }

  private void fail(Request request, WireProtocolException fault) {
    if (requests.drop(request)) {
      events.add(new ClientEvent.RequestFailed(request.id, fault));
    }
  }

  @Override
  public void streamFailed(IncomingStream stream, WireProtocolException fault) {
    for (int id : stream.requests()) {
      Request request = requests.unended(id);
      if (request != null) {
        fail(request, fault);
      }
    }
    stream.requests().clear();
  }

  @Override
  public void inputEnded() {
    failAll(
        new WireProtocolException(
            WireErrorCode.TRUNCATED,
            ErrorScope.REQUEST,
            ErrorOrigin.LOCAL,
            "the input ended before the response did"));
    events.add(new ClientEvent.InputEnded());
  }

  @Override
  public void inputFailed(WireProtocolException fault) {
    failAll(fault);
    events.add(new ClientEvent.ProtocolFailed(fault));
  }

  private void failAll(WireProtocolException fault) {
    for (Request request : requests.all()) {
      fail(request, fault);
    }
  }

  @Override
  public @Nullable ClientEvent pollEvent() {
    return events.poll();
  }
}
