// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Enforces a minimum rate on a content host: one that sends a byte now and then, always just before
 * the time-out, would otherwise block a command forever. Only the time spent waiting for the host
 * counts.
 */
final class Pace {
  /** The minimum rate. Not a WireLimit: it is for content hosts, which speak only HTTP. */
  static final long MIN_BYTES_PER_SECOND = 1000;

  /** The time of waiting over which the rate is measured. */
  static final Duration WINDOW = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private long begun;
  private long waited;
  private long bytes;

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Begins to wait for the host.
   *
   * @throws InterruptedIOException if it was too slow in the last window
   */
  void begin() throws InterruptedIOException {
    if (waited >= WINDOW.toNanos()) {
      if (bytes < MIN_BYTES_PER_SECOND * WINDOW.toSeconds()) {
        throw new InterruptedIOException(
            "fewer than "
                + MIN_BYTES_PER_SECOND
                + " bytes per second arrived for "
                + WINDOW.toSeconds()
                + " s");
      }
      reset();
    }
    begun = nanoTime.getAsLong();
  }

  /** Ends the wait: so many bytes arrived, or -1 for the end. */
  void received(int count) {
    waited += nanoTime.getAsLong() - begun;
    bytes += Math.max(count, 0);
  }

  /** Returns the time by the clock of this pace, in nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** Starts to measure a new response. */
  void reset() {
    waited = 0;
    bytes = 0;
  }
}
