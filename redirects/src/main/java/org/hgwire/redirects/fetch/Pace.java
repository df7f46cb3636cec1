// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How slow a host of contents may be: one that drips, a byte at a time and never long enough for a
 * timeout, does not hold a command for ever. Only the time counts that is spent waiting for it.
 */
final class Pace {
  /** The least rate, in bytes a second. */
  static final long MIN_BYTES_PER_SECOND = 1000;

  /** Over how much waiting the rate is measured. */
  static final Duration WINDOW = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private long begun;
  private long waited;
  private long bytes;

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The host is waited for from now on.
   *
   * @throws InterruptedIOException if it was too slow over the last stretch
   */
  void begin() throws InterruptedIOException {
    if (waited >= WINDOW.toNanos()) {
      if (bytes < MIN_BYTES_PER_SECOND * WINDOW.toSeconds()) {
        throw new InterruptedIOException(
            "fewer than "
                + MIN_BYTES_PER_SECOND
                + " bytes a second came for "
                + WINDOW.toSeconds()
                + " s");
      }
      reset();
    }
    begun = nanoTime.getAsLong();
  }

  /** So many bytes came. */
  void received(int count) {
    waited += nanoTime.getAsLong() - begun;
    bytes += Math.max(count, 0);
  }

  /** Measures another response from its beginning. */
  void reset() {
    waited = 0;
    bytes = 0;
  }
}
