// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import java.time.Duration;

/**
 * Measures how fast a client is while it is waited for: a longest pause, and a least rate over each
 * stretch of waiting. Time is an argument, in nanoseconds.
 */
final class Pace {
  private final long stallNanos;
  private final long stretchNanos;
  private final long bytesAStretch;
  private boolean waiting;
  private long waitingSince;
  private long lastProgress;
  private long waited;
  private long waitedInStretch;
  private long bytesInStretch;

  /**
   * Makes a measure.
   *
   * @param stall the longest pause
   * @param slowestBytes the least rate, in bytes a second
   * @param stretch over how much waiting the rate is measured
   * @param unseen how many bytes may have moved without being reported yet
   */
  Pace(Duration stall, int slowestBytes, Duration stretch, long unseen) {
    stallNanos = stall.toNanos();
    stretchNanos = stretch.toNanos();
    bytesAStretch = slowestBytes * stretch.toMillis() / 1000 - unseen;
  }

  /** The client is waited for from now on. */
  void begin(long now) {
    if (!waiting) {
      waiting = true;
      waitingSince = now;
      lastProgress = now;
    }
  }

  /** Bytes moved. */
  void moved(long bytes, long now) {
    bytesInStretch += bytes;
    lastProgress = now;
  }

  /** The client is not waited for any more. */
  void end(long now) {
    if (waiting) {
      account(now);
      waiting = false;
    }
  }

  boolean isWaiting() {
    return waiting;
  }

  /** Returns how long the client was waited for in all, up to the last call. */
  long waited() {
    return waited;
  }

  /** Returns how long the client may still take before it is too slow; not positive if it is. */
  long allowance(long now) {
    account(now);
    long untilStall = stallNanos - (now - lastProgress);
    if (waitedInStretch >= stretchNanos) {
      if (bytesInStretch < bytesAStretch) {
        return 0;
      }
      waitedInStretch = 0;
      bytesInStretch = 0;
    }
    return Math.min(untilStall, stretchNanos - waitedInStretch);
  }

  private void account(long now) {
    if (waiting) {
      waited += now - waitingSince;
      waitedInStretch += now - waitingSince;
      waitingSince = now;
    }
  }
}
