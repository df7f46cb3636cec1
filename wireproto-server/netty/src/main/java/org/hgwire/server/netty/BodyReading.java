// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.EventExecutor;
import org.hgwire.server.http.Pace;
import org.hgwire.server.http.Timeouts;

/** Enforces the timeouts on the body of a request. Used only on the event loop. */
final class BodyReading {
  /**
   * How much of a body that nobody wants is discarded, in bytes, before the connection is closed.
   * Not a wire limit: it bounds work, holds nothing, and concerns HTTP alone.
   */
  private static final long MAX_DISCARDED = 16L * 1024 * 1024;

  private final EventExecutor eventLoop;
  private final Timeouts timeouts;
  private final Turn turn;
  private final Runnable tooSlow;
  private final Pace pace;
  private final Deadline deadline;
  private long received;
  private boolean awaiting;
  private boolean complete;

  BodyReading(EventExecutor eventLoop, Timeouts timeouts, Turn turn, Runnable tooSlow) {
    this.eventLoop = eventLoop;
    this.timeouts = timeouts;
    this.turn = turn;
    this.tooSlow = tooSlow;
    pace = new Pace(timeouts.idle(), timeouts.minBytesPerSecond(), timeouts.rateWindow(), 0);
    deadline = new Deadline(eventLoop, this::check);
  }

  /** Starts to wait for the next piece. */
  void await() {
    if (!awaiting) {
      awaiting = true;
      turn.clientAwaited();
      pace.begin(now());
      check();
    }
  }

  /** Stops waiting: a piece has arrived, though it may not be processed yet. */
  void arrived() {
    if (awaiting) {
      awaiting = false;
      turn.clientNotAwaited();
      pace.end(now());
      deadline.clear();
    }
  }

  /** Counts and releases a piece that was processed, or is ignored. */
  void processed(HttpContent piece) {
    arrived();
    int bytes = piece.content().readableBytes();
    received += bytes;
    pace.moved(bytes, now());
    complete = piece instanceof LastHttpContent;
    piece.release();
  }

  /** Returns whether the last piece was processed. */
  boolean isComplete() {
    return complete;
  }

  /** Returns the number of bytes of the body that were processed. */
  long received() {
    return received;
  }

  /** Returns whether still more of a body that nobody wants is discarded. */
  boolean mayDiscard() {
    return received < MAX_DISCARDED;
  }

  /** Stops the timers. */
  void end() {
    awaiting = false;
    deadline.clear();
  }

  private void check() {
    if (!awaiting) {
      return;
    }
    long allowance = pace.allowance(now());
    if (received == 0) {
      allowance = Math.min(allowance, timeouts.firstFrame().toNanos() - pace.waited());
    }
    if (allowance <= 0) {
      awaiting = false;
      tooSlow.run();
    } else {
      deadline.set(allowance);
    }
  }

  private long now() {
    return eventLoop.ticker().nanoTime();
  }
}
