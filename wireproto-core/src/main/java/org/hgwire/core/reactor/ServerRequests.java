// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.CommandRequest;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one exchange on the server: assembles what arrives in pieces and enforces the
 * limits. {@link RequestPhase} has the transitions.
 *
 * <p>A request is half-open until all of its frames, including those of its data, have arrived.
 */
final class ServerRequests {
  /** What an item of a CBOR value needs in the heap, and what while a map is being read. */
  private static final long ITEM_BYTES = 64;

  private static final long READ_ITEM_BYTES = 112;

  private final WireLimits limits;
  private final HeldBytes held;
  private final Map<Integer, ServerRequest> requests = new HashMap<>();
  private int halfOpen;
  private long halfOpenBytes;
  private int active;
  private int responding;

  ServerRequests(WireLimits limits, HeldBytes held) {
    this.limits = limits;
    this.held = held;
  }

  /** Returns the number of requests whose response has not ended. */
  int active() {
    return active;
  }

  /** Returns the number of active requests that have arrived completely. */
  int responding() {
    return responding;
  }

  int halfOpen() {
    return halfOpen;
  }

  /**
   * Returns an active request.
   *
   * @throws IllegalArgumentException if it is not active
   */
  ServerRequest requireActive(int id) {
    ServerRequest request = requests.get(id);
    if (request == null || request.phase == RequestPhase.RECEIVING || request.responseEnded) {
      throw new IllegalArgumentException("request " + id + " is not active");
    }
    return request;
  }

  private ServerRequest take(FrameHeader header, RequestPhase.Input input) {
    ServerRequest request = requests.get(header.requestId());
    RequestPhase phase = request == null ? RequestPhase.IDLE : request.phase;
    WireErrorCode refusal = phase.refusal(input);
    if (refusal != null) {
      throw Faults.of(refusal, header, "came while that request was " + described(phase));
    }
    return request == null
        ? new ServerRequest(header, limits.of(WireLimit.MAX_COMMAND_DATA))
        : request;
  }

  private static String described(RequestPhase phase) {
    return switch (phase) {
      case IDLE -> "not being received";
      case RECEIVING -> "being received";
      case RECEIVING_DATA -> "receiving its data";
      case RESPONDING -> "complete and active";
    };
  }

  /** Checks a request frame. */
  void requestStarted(FrameHeader header) {
    boolean isNew = header.hasFlag(FrameType.REQUEST_NEW);
    ServerRequest request =
        take(header, isNew ? RequestPhase.Input.NEW : RequestPhase.Input.CONTINUATION);
    if (isNew) {
      begin(header, request);
    } else if (header.hasFlag(FrameType.REQUEST_HAVE_DATA) != request.dataFollows) {
      // "If command data frames are to be sent, 0x08 MUST be set on ALL command request frames."
      throw Faults.of(
          WireErrorCode.COMMAND_DATA,
          header,
          "contradicts an earlier frame on whether data follows the request");
    }
    request.frames++;
    if (request.frames > limits.intOf(WireLimit.MAX_REQUEST_FRAMES)) {
      throw Faults.limit(
          "the number of frames of a command request", limits.intOf(WireLimit.MAX_REQUEST_FRAMES));
    }
    request.emptyFrames += header.payloadLength() == 0 ? 1 : 0;
    if (request.emptyFrames > limits.intOf(WireLimit.MAX_EMPTY_REQUEST_FRAMES)) {
      throw Faults.limit(
          "the number of empty frames of a command request",
          limits.intOf(WireLimit.MAX_EMPTY_REQUEST_FRAMES));
    }
  }

  private void begin(FrameHeader header, ServerRequest request) {
    boolean staysOpen = header.hasFlag(FrameType.REQUEST_MORE) || request.dataFollows;
    if (staysOpen && halfOpen >= limits.intOf(WireLimit.MAX_HALF_OPEN_REQUESTS)) {
      throw Faults.limit(
          "the number of half-open requests", limits.intOf(WireLimit.MAX_HALF_OPEN_REQUESTS));
    }
    requests.put(request.id, request);
    request.phase = RequestPhase.RECEIVING;
    halfOpen++;
  }

  /** Keeps a piece of a request whose frame was started. */
  void requestRead(int id, ByteBuffer piece) {
    ServerRequest request = find(id);
    if (piece.remaining() > limits.intOf(WireLimit.MAX_REQUEST_BYTES) - request.payload.size()) {
      throw Faults.limit(
          "the size in bytes of a command request", limits.intOf(WireLimit.MAX_REQUEST_BYTES));
    }
    if (piece.remaining() > limits.intOf(WireLimit.MAX_HALF_OPEN_BYTES) - halfOpenBytes) {
      throw Faults.limit(
          "the size in bytes of half-open requests", limits.intOf(WireLimit.MAX_HALF_OPEN_BYTES));
    }
    // Twice, because the buffer grows by doubling.
    held.add(2L * piece.remaining());
    halfOpenBytes += piece.remaining();
    request.payload.append(piece);
  }

  /** Ends a request frame; returns the event of the request if it is complete, else null. */
  @Nullable ServerEvent requestEnded(FrameHeader header) {
    if (header.hasFlag(FrameType.REQUEST_MORE)) {
      return null;
    }
    ServerRequest request = find(header.requestId());
    int size = request.payload.size();
    halfOpenBytes -= size;
    active++;
    if (request.dataFollows) {
      request.phase = RequestPhase.RECEIVING_DATA;
    } else {
      complete(request);
    }
    long needed = READ_ITEM_BYTES * Math.min(limits.intOf(WireLimit.MAX_CBOR_ITEMS), size);
    long granted = held.addUpTo(needed);
    try {
      CommandRequest parsed =
          parse(
              request,
              granted == needed
                  ? limits
                  : limits.with(WireLimit.MAX_CBOR_ITEMS, Math.max(1, granted / READ_ITEM_BYTES)));
      return new ServerEvent.CommandReceived(request.id, parsed, request.dataFollows);
    } catch (WireProtocolException fault) {
      if (granted < needed && fault.code() == WireErrorCode.LIMIT) {
        throw Faults.overloaded("there is no memory left to decode command request " + request.id);
      }
      request.dropsData = true;
      return new ServerEvent.CommandRefused(request.id, fault);
    } finally {
      request.payload.clear();
      held.add(request.heldBytes - 2L * size - granted);
    }
  }

  private static CommandRequest parse(ServerRequest request, WireLimits granted) {
    CborValue value =
        PayloadReader.readOne(
            request.payload.view(),
            granted,
            WireErrorCode.BAD_REQUEST,
            ErrorScope.REQUEST,
            "command request " + request.id);
    CommandRequest read = CommandRequest.read(value);
    request.heldBytes = request.payload.size() + ITEM_BYTES * value.itemCount();
    return read;
  }

  private void complete(ServerRequest request) {
    request.phase = RequestPhase.RESPONDING;
    halfOpen--;
    responding++;
  }

  /** Checks a data frame. */
  void dataStarted(FrameHeader header) {
    take(header, RequestPhase.Input.DATA);
  }

  /** Counts a piece of data; returns whether to deliver it. */
  boolean dataRead(int id, ByteBuffer piece) {
    ServerRequest request = find(id);
    request.dataBytes += piece.remaining();
    if (request.dataBytes > request.maxData) {
      throw Faults.limit("the size in bytes of the data of request " + id, request.maxData);
    }
    return !request.dropsData;
  }

  /** Ends a data frame; returns whether the data is complete and its end is to be delivered. */
  boolean dataEnded(FrameHeader header) {
    if (!header.hasFlag(FrameType.EOS)) {
      return false;
    }
    ServerRequest request = find(header.requestId());
    complete(request);
    if (request.responseEnded) {
      responding--;
      requests.remove(request.id);
    }
    return !request.dropsData;
  }

  /** Ends the response to an active request. */
  void responseEnded(ServerRequest request) {
    active--;
    request.responseEnded = true;
    request.dropsData = true;
    held.add(-request.heldBytes);
    request.heldBytes = 0;
    if (request.phase == RequestPhase.RESPONDING) {
      responding--;
      requests.remove(request.id);
    }
  }

  private ServerRequest find(int id) {
    ServerRequest request = requests.get(id);
    if (request == null) {
      throw new IllegalStateException("no frame of request " + id + " was started");
    }
    return request;
  }
}
