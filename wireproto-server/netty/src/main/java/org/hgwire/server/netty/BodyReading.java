// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.util.concurrent.EventExecutor;

/** How the body of a request comes in, held to its timeouts. Used on the event loop alone. */
final class BodyReading {
  private final EventExecutor eventLoop;
  private final Timeouts timeouts;
  private final Runnable tooSlow;
  private final Pace pace;
  private final Deadline deadline;
  private long received;
  private boolean awaiting;

  BodyReading(EventExecutor eventLoop, Timeouts timeouts, Runnable tooSlow) {
    this.eventLoop = eventLoop;
    this.timeouts = timeouts;
    this.tooSlow = tooSlow;
    pace = new Pace(timeouts.idle(), timeouts.slowestBytes(), timeouts.slowGrace(), 0);
    deadline = new Deadline(eventLoop, this::check);
  }

  /** The next piece is waited for. */
  void awaited() {
    if (!awaiting) {
      awaiting = true;
      pace.begin(now());
      check();
    }
  }

  /** A piece came; it may have to wait for its turn. */
  void came() {
    if (awaiting) {
      awaiting = false;
      pace.end(now());
      deadline.clear();
    }
  }

  /** A piece has its turn. */
  void taken(int bytes) {
    came();
    received += bytes;
    pace.moved(bytes, now());
  }

  /** Returns how many bytes of the body came. */
  long received() {
    return received;
  }

  /** Nothing is waited for any more. */
  void ended() {
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
