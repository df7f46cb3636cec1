// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an exchange that are not finished: those whose data is being received, those that
 * wait for their turn, and the one whose response is being produced; and how many bytes of input
 * they hold. Used by one thread at a time.
 */
final class PendingRequests {
  private final ServerReactor reactor;
  private final WireLimits limits;
  private final RequestEvents events;
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private final Map<Integer, Receiving> receiving = new HashMap<>();
  private @Nullable Turn current;
  private long waitingBytes;
  private long receivingBytes;

  /** A request whose response is being produced, or waits for its turn. */
  private record Turn(Response response, long bytes) {}

  /** A request whose data is being received. */
  private record Receiving(DataIntake intake, String command, long bytes) {}

  PendingRequests(ServerReactor reactor, WireLimits limits, RequestEvents events) {
    this.reactor = reactor;
    this.limits = limits;
    this.events = events;
  }

  /** Returns whether the requests that wait hold as many bytes as they may. */
  boolean isFull() {
    return waitingBytes >= limits.intOf(WireLimit.MAX_REQUEST_BYTES);
  }

  /** Returns whether a response is being produced or waits for its turn. */
  boolean isResponding() {
    return current != null || !waiting.isEmpty();
  }

  /** Returns whether data of a request is being received. */
  boolean isReceiving() {
    return !receiving.isEmpty();
  }

  /** Adds a request that is complete, which holds {@code bytes} of input. */
  void add(int requestId, String command, PendingResponse response, long bytes) {
    waitingBytes += bytes;
    waiting.add(new Turn(new Response(requestId, command, response, events), bytes));
  }

  /**
   * Checks that one more request may wait for its data.
   *
   * @throws WireProtocolException if too many do already
   */
  void requireRoomForData(long bytes) {
    if (receiving.size() >= limits.intOf(WireLimit.MAX_HALF_OPEN_REQUESTS)
        || receivingBytes + bytes > limits.intOf(WireLimit.MAX_HALF_OPEN_BYTES)) {
      throw WireProtocolException.connection(
          WireErrorCode.LIMIT, "too many commands wait for their data at once");
    }
  }

  /** Adds a request whose data follows. */
  void addReceiving(int requestId, String command, DataIntake intake, long bytes) {
    reactor.allowCommandData(requestId, intake.maxBytes());
    receiving.put(requestId, new Receiving(intake, command, bytes));
    receivingBytes += bytes;
  }

  void dataReceived(ServerEvent.CommandDataReceived data) {
    Receiving target = receiving.get(data.requestId());
    if (target != null) {
      target.intake().receive(data.data());
    }
  }

  void dataEnded(int requestId) {
    Receiving whole = receiving.remove(requestId);
    if (whole != null) {
      receivingBytes -= whole.bytes();
      add(requestId, whole.command(), whole.intake(), whole.bytes());
    }
  }

  /** Does the next piece of the work. */
  Progress advance() {
    Turn turn = current;
    if (turn == null) {
      turn = waiting.poll();
      current = turn;
    }
    if (turn == null) {
      return Progress.NONE;
    }
    Progress progress = turn.response().advance(reactor);
    if (progress == Progress.NONE) {
      current = null;
      waitingBytes -= turn.bytes();
      return Progress.MORE;
    }
    return progress;
  }

  /** Ends every response with an error frame; returns whether there was any. */
  boolean failAll(String message) {
    boolean any = isResponding() || isReceiving();
    turns().forEach(turn -> turn.response().fail(reactor, ErrorResponse.Type.PROTOCOL, message));
    receiving.forEach(
        (id, half) ->
            new Response(id, half.command(), half.intake(), events)
                .fail(reactor, ErrorResponse.Type.PROTOCOL, message));
    return any;
  }

  /** Stops everything without telling the client. May be called again. */
  void cutAll() {
    turns().forEach(turn -> turn.response().cut());
    receiving.values().forEach(half -> half.intake().abandon());
    current = null;
    waiting.clear();
    receiving.clear();
  }

  private List<Turn> turns() {
    List<Turn> turns = new ArrayList<>(waiting);
    if (current != null) {
      turns.add(0, current);
    }
    return turns;
  }
}
