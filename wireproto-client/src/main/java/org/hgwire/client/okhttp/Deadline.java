// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okio.AsyncTimeout;

/**
 * Ends something, from another thread, if it takes too long. Not safe for use by several threads.
 */
final class Deadline extends AsyncTimeout {
  private final Closeable ended;
  private boolean running;
  private volatile boolean expired;

  /**
   * Makes a deadline that is not running.
   *
   * @param ended is closed when the time is over
   */
  Deadline(Duration time, Closeable ended) {
    this.ended = ended;
    timeout(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Starts the time, unless it is running. */
  void start() {
    if (!running) {
      running = true;
      enter();
    }
  }

  /** Stops the time, if it is running. */
  void stop() {
    if (running) {
      running = false;
      exit();
    }
  }

  /** Returns whether the time was over once. */
  boolean hasExpired() {
    return expired;
  }

  @Override
  protected void timedOut() {
    expired = true;
    try {
      ended.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
      return;
    }
  }
}
