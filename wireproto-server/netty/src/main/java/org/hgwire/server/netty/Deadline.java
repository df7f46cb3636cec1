// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One timer of a channel. Used only on its event loop. */
final class Deadline {
  private final EventExecutor eventLoop;
  private final Runnable expired;
  private @Nullable Future<?> timer;

  Deadline(EventExecutor eventLoop, Runnable expired) {
    this.eventLoop = eventLoop;
    this.expired = expired;
  }

  /** Sets the deadline to {@code nanos} from now; it replaces an earlier one. */
  void set(long nanos) {
    clear();
    timer = eventLoop.schedule(expired, nanos, TimeUnit.NANOSECONDS);
  }

  void clear() {
    Future<?> running = timer;
    timer = null;
    if (running != null) {
      running.cancel(false);
    }
  }
}
