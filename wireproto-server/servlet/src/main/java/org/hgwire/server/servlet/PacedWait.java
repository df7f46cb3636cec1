// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hgwire.server.http.Pace;
import org.hgwire.server.http.ServerBudget;
import org.hgwire.server.http.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * The times in which a client is waited for, limited to a pace, with an alarm that wakes the flow
 * when the client may have become too slow. Used by one thread at a time.
 */
final class PacedWait {
  private final Pace pace;
  private final Turn turn;

  /** How long the client may be waited for before the first byte, in nanoseconds. */
  private final long maxWaitForFirst;

  private final ScheduledExecutorService timer;
  private final Runnable wake;
  private @Nullable ScheduledFuture<?> alarm;
  private long alarmAt;
  private long begun;
  private long bytes;
  private boolean stallSeen;

  private PacedWait(
      Pace pace, Turn turn, long maxWaitForFirst, ScheduledExecutorService timer, Runnable wake) {
    this.pace = pace;
    this.turn = turn;
    this.maxWaitForFirst = maxWaitForFirst;
    this.timer = timer;
    this.wake = wake;
  }

  /**
   * Returns a measure of a client that sends.
   *
   * @param turn the place that the client's slowness holds
   * @param wake called by the timer when {@link #isTooSlow} is to be asked again
   */
  static PacedWait forReading(
      Timeouts timeouts, Turn turn, ScheduledExecutorService timer, Runnable wake) {
    Pace pace = new Pace(timeouts.idle(), timeouts.minBytesPerSecond(), timeouts.rateWindow(), 0);
    return new PacedWait(pace, turn, timeouts.firstFrame().toNanos(), timer, wake);
  }

  /**
   * Returns a measure of a client that reads.
   *
   * @param grain how many bytes may have moved without being reported yet
   * @param turn the place that the client's slowness holds
   * @param wake called by the timer when {@link #isTooSlow} or {@link #isStalled} is to be asked
   *     again
   */
  static PacedWait forWriting(
      Timeouts timeouts, int grain, Turn turn, ScheduledExecutorService timer, Runnable wake) {
    Pace pace =
        new Pace(timeouts.writeStall(), timeouts.minBytesPerSecond(), timeouts.rateWindow(), grain);
    return new PacedWait(pace, turn, Long.MAX_VALUE, timer, wake);
  }

  /** The client is waited for from now on. */
  void begin() {
    long now = System.nanoTime();
    if (!pace.isWaiting()) {
      begun = now;
      stallSeen = false;
      turn.clientAwaited();
      pace.begin(now);
    }
    alarm(now, untilAlarm(now, allowance(now)));
  }

  /** The client was no longer waited for at the time {@code at}; so many bytes moved until then. */
  void end(long moved, long at) {
    long end = at - begun > 0 ? at : begun;
    pace.end(end);
    turn.clientNotAwaited();
    if (moved > 0) {
      bytes += moved;
      pace.moved(moved, end);
    }
  }

  /** Returns whether the client is waited for, and was too slow. */
  boolean isTooSlow() {
    if (!pace.isWaiting()) {
      return false;
    }
    long now = System.nanoTime();
    long allowance = allowance(now);
    if (allowance > 0) {
      alarm(now, untilAlarm(now, allowance));
    }
    return allowance <= 0;
  }

  /** Returns whether the client has not moved for a while; true once for each wait. */
  boolean isStalled() {
    if (stallSeen || !pace.isWaiting() || stallLeft(System.nanoTime()) > 0) {
      return false;
    }
    stallSeen = true;
    return true;
  }

  private long stallLeft(long now) {
    return ServerBudget.STALL.toNanos() - pace.pause(now);
  }

  /** Returns how many bytes moved. */
  long bytes() {
    return bytes;
  }

  /** Sets no more alarms. */
  void close() {
    ScheduledFuture<?> set = alarm;
    if (set != null) {
      set.cancel(false);
    }
  }

  private long untilAlarm(long now, long allowance) {
    return stallSeen ? allowance : Math.min(allowance, Math.max(0, stallLeft(now)));
  }

  private long allowance(long now) {
    long allowance = pace.allowance(now);
    return bytes > 0 ? allowance : Math.min(allowance, maxWaitForFirst - pace.waited());
  }

  /** One alarm serves many short waits: it is set again when it rang, not at the end of each. */
  private void alarm(long now, long allowance) {
    ScheduledFuture<?> set = alarm;
    long left = alarmAt - now;
    if (set != null && left > 0) {
      if (left <= allowance) {
        return;
      }
      set.cancel(false);
    }
    alarmAt = now + allowance;
    try {
      alarm = timer.schedule(wake, allowance, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException destroyed) {
      wake.run();
    }
  }
}
