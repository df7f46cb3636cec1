// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.time.Duration;

/**
 * Measures how fast a client is while the server waits for it: a maximum pause, and a minimum rate
 * over each window of waiting. For adapters to HTTP servers, one for each direction of a request.
 *
 * <p>Time is an argument, in nanoseconds as {@link System#nanoTime} gives them. Not safe for use by
 * several threads.
 */
public final class Pace {
  private final long maxPauseNanos;
  private final long windowNanos;
  private final long minBytesPerWindow;
  private boolean waiting;
  private long waitingSince;
  private long lastProgress;
  private long waited;
  private long waitedInWindow;
  private long bytesInWindow;

  /**
   * Creates a measurement.
   *
   * @param maxPause the maximum time without progress
   * @param minBytesPerSecond the minimum rate
   * @param window the time of waiting over which the rate is measured
   * @param unreported how many bytes may have moved without being reported yet
   */
  public Pace(Duration maxPause, int minBytesPerSecond, Duration window, long unreported) {
    maxPauseNanos = maxPause.toNanos();
    windowNanos = window.toNanos();
    minBytesPerWindow = minBytesPerSecond * window.toMillis() / 1000 - unreported;
  }

  /** Starts to wait for the client, if that has not begun. */
  public void begin(long now) {
    if (!waiting) {
      waiting = true;
      waitingSince = now;
      lastProgress = now;
    }
  }

  /** Reports progress. */
  public void moved(long bytes, long now) {
    bytesInWindow += bytes;
    lastProgress = now;
  }

  /** Stops waiting for the client. */
  public void end(long now) {
    if (waiting) {
      account(now);
      waiting = false;
    }
  }

  /** Returns whether the server is waiting for the client. */
  public boolean isWaiting() {
    return waiting;
  }

  /** Returns the time in nanoseconds since there was progress, while the client is waited for. */
  public long pause(long now) {
    return waiting ? now - lastProgress : 0;
  }

  /** Returns the total time of waiting in nanoseconds, up to the last call. */
  public long waited() {
    return waited;
  }

  /**
   * Returns the time in nanoseconds until the client is too slow; not positive if it is already.
   */
  public long allowance(long now) {
    account(now);
    long pauseLeft = maxPauseNanos - (now - lastProgress);
    if (waitedInWindow >= windowNanos) {
      if (bytesInWindow < minBytesPerWindow) {
        return 0;
      }
      waitedInWindow = 0;
      bytesInWindow = 0;
    }
    return Math.min(pauseLeft, windowNanos - waitedInWindow);
  }

  private void account(long now) {
    if (waiting) {
      waited += now - waitingSince;
      waitedInWindow += now - waitingSince;
      waitingSince = now;
    }
  }
}
