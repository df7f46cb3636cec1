// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import org.hgwire.server.http.Pace;
import org.hgwire.server.http.Timeouts;

/** Enforces the timeouts on the body of a response. Used only on the event loop. */
final class BodyWriting {
  private final EventExecutor eventLoop;
  private final Runnable tooSlow;
  private final Pace pace;
  private final Deadline deadline;
  private int pending;
  private long sent;
  private boolean ended;

  BodyWriting(EventExecutor eventLoop, Timeouts timeouts, int pieceSize, Runnable tooSlow) {
    this.eventLoop = eventLoop;
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
    if (pending == 0) {
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
      deadline.set(allowance);
    }
  }

  private long now() {
    return eventLoop.ticker().nanoTime();
  }
}
