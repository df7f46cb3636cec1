// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import java.time.Duration;

/**
 * How long a client may take. The time a command works never counts, only the time in which the
 * client is waited for.
 *
 * @param firstFrame from the connection to the end of the first request's head, and from the end of
 *     a head to the first bytes of its body
 * @param idle between two requests, and between two pieces of a body
 * @param slowestBytes how many bytes a second a body must have, either way
 * @param slowGrace over how much time of waiting that rate is measured
 * @param writeStall between two signs that the client reads
 */
public record Timeouts(
    Duration firstFrame, Duration idle, int slowestBytes, Duration slowGrace, Duration writeStall) {
  private static final Timeouts DEFAULTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          1000,
          Duration.ofSeconds(20),
          Duration.ofSeconds(30));

  /** Refuses times that are not positive. */
  public Timeouts {
    for (Duration each : new Duration[] {firstFrame, idle, slowGrace, writeStall}) {
      if (each.isZero() || each.isNegative()) {
        throw new IllegalArgumentException("a timeout must be positive, not " + each);
      }
    }
    if (slowestBytes < 0) {
      throw new IllegalArgumentException("a rate must not be negative, as " + slowestBytes);
    }
  }

  /** Returns 10 s, 30 s, 1,000 bytes a second over 20 s, 30 s. */
  public static Timeouts defaults() {
    return DEFAULTS;
  }

  /** Returns these with another {@link #firstFrame}. */
  public Timeouts withFirstFrame(Duration time) {
    return new Timeouts(time, idle, slowestBytes, slowGrace, writeStall);
  }

  /** Returns these with another {@link #idle}. */
  public Timeouts withIdle(Duration time) {
    return new Timeouts(firstFrame, time, slowestBytes, slowGrace, writeStall);
  }

  /** Returns these with another slowest rate, in bytes a second, measured over {@code grace}. */
  public Timeouts withSlowest(int bytesASecond, Duration grace) {
    return new Timeouts(firstFrame, idle, bytesASecond, grace, writeStall);
  }

  /** Returns these with another {@link #writeStall}. */
  public Timeouts withWriteStall(Duration time) {
    return new Timeouts(firstFrame, idle, slowestBytes, slowGrace, time);
  }
}
