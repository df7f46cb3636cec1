// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.time.Duration;

/**
 * How long the server waits for a client. Only the time of waiting counts, never the time that a
 * command takes.
 *
 * @param firstFrame from the connection to the end of the first request's head, and from the end of
 *     a head to the first bytes of its body
 * @param idle between two requests, and between two pieces of a request's body
 * @param minBytesPerSecond the minimum rate of a body, in both directions; 0 for none
 * @param rateWindow the time of waiting over which that rate is measured
 * @param writeStall without progress while the client has a response to read
 */
public record Timeouts(
    Duration firstFrame,
    Duration idle,
    int minBytesPerSecond,
    Duration rateWindow,
    Duration writeStall) {
  private static final Timeouts DEFAULTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          1000,
          Duration.ofSeconds(20),
          Duration.ofSeconds(30));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a time is not positive or the rate is negative
   */
  public Timeouts {
    for (Duration each : new Duration[] {firstFrame, idle, rateWindow, writeStall}) {
      if (each.isZero() || each.isNegative()) {
        throw new IllegalArgumentException("a timeout must be positive: " + each);
      }
    }
    if (minBytesPerSecond < 0) {
      throw new IllegalArgumentException("a rate must not be negative: " + minBytesPerSecond);
    }
  }

  /**
   * Returns the defaults: 10 s for the first frame, 30 s idle, at least 1,000 bytes per second over
   * 20 s, 30 s without progress of a response.
   */
  public static Timeouts defaults() {
    return DEFAULTS;
  }

  /** Returns these with another {@link #firstFrame}. */
  public Timeouts withFirstFrame(Duration time) {
    return new Timeouts(time, idle, minBytesPerSecond, rateWindow, writeStall);
  }

  /** Returns these with another {@link #idle}. */
  public Timeouts withIdle(Duration time) {
    return new Timeouts(firstFrame, time, minBytesPerSecond, rateWindow, writeStall);
  }

  /** Returns these with another minimum rate, measured over {@code window}. */
  public Timeouts withMinRate(int bytesPerSecond, Duration window) {
    return new Timeouts(firstFrame, idle, bytesPerSecond, window, writeStall);
  }

  /** Returns these with another {@link #writeStall}. */
  public Timeouts withWriteStall(Duration time) {
    return new Timeouts(firstFrame, idle, minBytesPerSecond, rateWindow, time);
  }
}
