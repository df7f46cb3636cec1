// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.BooleanSupplier;
import org.hgwire.server.http.Pace;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;

/**
 * Enforces the timeouts on the body of a response, and notices when it stalls. Used only on the
 * event loop.
 */
final class BodyWriting {
  private final EventExecutor eventLoop;
  private final Turn turn;
  private final BooleanSupplier pause;
  private final Runnable tooSlow;
  private final Pace pace;
  private final Deadline deadline;
  private int pending;
  private long sent;
  private boolean paused;
  private boolean ended;

  /**
   * Makes a measure.
   *
   * @param turn the place of the response
   * @param pause called when the client has read nothing for a while; returns whether the response
   *     was paused, or is to be asked again
   */
  BodyWriting(
      EventExecutor eventLoop,
      Timeouts timeouts,
      int pieceSize,
      Turn turn,
      BooleanSupplier pause,
      Runnable tooSlow) {
    this.eventLoop = eventLoop;
    this.turn = turn;
    this.pause = pause;
    this.tooSlow = tooSlow;
    pace =
        new Pace(
            timeouts.writeStall(), timeouts.minBytesPerSecond(), timeouts.rateWindow(), pieceSize);
    deadline = new Deadline(eventLoop, this::check);
  }

  /** Counts a piece that was given to the channel. */
  void submitted(int bytes, ChannelFuture written) {
    pending++;
    written.addListener(future -> written(bytes));
    if (pending > 0 && !pace.isWaiting()) {
      turn.clientAwaited();
      pace.begin(now());
      check();
    }
  }

  /** Returns whether the channel has written all that it was given. */
  boolean idle() {
    return pending == 0;
  }

  /** Returns the number of bytes that the channel has written. */
  long sent() {
    return sent;
  }

  /** Stops the timers. */
  void end() {
    ended = true;
    deadline.clear();
  }

  private void written(int bytes) {
    pending--;
    sent += bytes;
    pace.moved(bytes, now());
    paused = false;
    if (pending > 0) {
      turn.clientAwaited();
    } else {
      turn.clientNotAwaited();
      pace.end(now());
      deadline.clear();
    }
  }

  private void check() {
    if (ended || pending == 0) {
      return;
    }
    long allowance = pace.allowance(now());
    if (allowance <= 0) {
      ended = true;
      tooSlow.run();
    } else {
      deadline.set(Math.min(allowance, untilPause()));
    }
  }

  /** Pauses the response if it is time; returns when to look again, in nanoseconds. */
  private long untilPause() {
    if (paused) {
      return Long.MAX_VALUE;
    }
    long left = ServerBudget.STALL.toNanos() - pace.pause(now());
    if (left > 0) {
      return left;
    }
    paused = pause.getAsBoolean();
    return paused ? Long.MAX_VALUE : ServerBudget.STALL.toNanos();
  }

  private long now() {
    return eventLoop.ticker().nanoTime();
  }
}
