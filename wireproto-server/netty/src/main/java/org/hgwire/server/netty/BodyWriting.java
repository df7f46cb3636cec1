// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;

/** How the body of a response goes out, held to its timeouts. Used on the event loop alone. */
final class BodyWriting {
  private final EventExecutor eventLoop;
  private final Runnable tooSlow;
  private final Pace pace;
  private final Deadline deadline;
  private int pending;
  private long sent;
  private boolean ended;

  BodyWriting(EventExecutor eventLoop, Timeouts timeouts, int grain, Runnable tooSlow) {
    this.eventLoop = eventLoop;
    this.tooSlow = tooSlow;
    pace = new Pace(timeouts.writeStall(), timeouts.slowestBytes(), timeouts.slowGrace(), grain);
    deadline = new Deadline(eventLoop, this::check);
  }

  /** A piece was given to the channel. */
  void handedOver(int bytes, ChannelFuture written) {
    pending++;
    written.addListener(future -> left(bytes));
    if (pending > 0 && !pace.isWaiting()) {
      pace.begin(now());
      check();
    }
  }

  /** Returns whether all that was handed over has left. */
  boolean idle() {
    return pending == 0;
  }

  /** Returns how many bytes have left. */
  long sent() {
    return sent;
  }

  /** Nothing is waited for any more. */
  void ended() {
    ended = true;
    deadline.clear();
  }

  private void left(int bytes) {
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
