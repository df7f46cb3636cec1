// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One timer of a channel. Used on its event loop alone. */
final class Deadline {
  private final EventExecutor eventLoop;
  private final Runnable missed;
  private @Nullable Future<?> timer;

  Deadline(EventExecutor eventLoop, Runnable missed) {
    this.eventLoop = eventLoop;
    this.missed = missed;
  }

  /** Sets the deadline, {@code nanos} from now, in place of what was set before. */
  void set(long nanos) {
    clear();
    timer = eventLoop.schedule(missed, nanos, TimeUnit.NANOSECONDS);
  }

  void clear() {
    Future<?> set = timer;
    timer = null;
    if (set != null) {
      set.cancel(false);
    }
  }
}
