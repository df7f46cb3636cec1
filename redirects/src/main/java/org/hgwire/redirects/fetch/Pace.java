// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/**
 * Enforces a minimum rate on a peer: one that sends a byte now and then, always just before the
 * time-out, would otherwise block a command forever. A read has to have a time-out of its own: the
 * rate is looked at between reads. Not safe for use by several threads.
 */
public final class Pace {
  private final MinRate min;
  private final LongSupplier nanoTime;
  private long begun;
  private long waited;
  private long bytes;
  private long waitedInAll;
  private long bytesInAll;

  /**
   * Makes a pace at which nothing has been waited for.
   *
   * @param nanoTime the clock, in nanoseconds from any origin
   */
  public Pace(MinRate min, LongSupplier nanoTime) {
    this.min = min;
    this.nanoTime = nanoTime;
  }

  /**
   * Begins to wait for the peer.
   *
   * @throws InterruptedIOException if it was too slow in the last window
   */
  public void begin() throws InterruptedIOException {
    if (waited >= min.window().toNanos()) {
      if (!min.isMetBy(bytes, min.window().toNanos())) {
        throw new SocketTimeoutException(
            "fewer than "
                + min.bytesPerSecond()
                + " bytes per second arrived for "
                + min.window().toSeconds()
                + " s");
      }
      reset();
    }
    begun = nanoTime.getAsLong();
  }

  /** Ends the wait: so many bytes arrived; 0 or less if none did. */
  public void received(int count) {
    long time = nanoTime.getAsLong() - begun;
    waited += time;
    waitedInAll += time;
    bytes += Math.max(count, 0);
    bytesInAll += Math.max(count, 0);
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

  /**
   * Returns whether the peer was fast enough over all responses together, or less than a window was
   * waited for it.
   */
  boolean isSufficient() {
    return waitedInAll < min.window().toNanos() || min.isMetBy(bytesInAll, waitedInAll);
  }
}
