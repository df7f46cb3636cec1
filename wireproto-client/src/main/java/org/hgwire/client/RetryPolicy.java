// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How often, and after what pause, an exchange of read commands is tried again that failed before
 * anything of it was delivered. The pause before attempt n + 1 is a random part, at least half, of
 * {@code firstPause} × 2<sup>n-1</sup>, at most {@code longestPause}.
 *
 * @param attempts how many attempts there are in all, at least 1
 * @param firstPause the pause after the first attempt
 * @param longestPause the longest pause
 * @param random numbers from 0 (inclusive) to 1 (exclusive)
 * @param sleeper how a thread waits
 */
public record RetryPolicy(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    DoubleSupplier random,
    Sleeper sleeper) {
  /** Checks the number of attempts. */
  public RetryPolicy {
    if (attempts < 1 || firstPause.isNegative() || longestPause.isNegative()) {
      throw new IllegalArgumentException("at least one attempt, no negative pauses");
    }
  }

  /** How a thread waits. */
  @FunctionalInterface
  public interface Sleeper {
    /**
     * Waits.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void sleep(Duration pause) throws InterruptedException;
  }

  /** Returns a policy of {@code attempts} attempts, with pauses from 500 ms up to 10 s. */
  public static RetryPolicy of(int attempts) {
    return new RetryPolicy(
        attempts,
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        () -> ThreadLocalRandom.current().nextDouble(),
        pause -> Thread.sleep(pause.toMillis()));
  }

  /** Returns the policy that tries once. */
  public static RetryPolicy never() {
    return of(1);
  }

  /** Returns the pause after attempt {@code attempt}, counted from 1, has failed. */
  Duration pauseAfter(int attempt) {
    double full = (double) firstPause.toMillis() * Math.pow(2, Math.min(attempt - 1, 30));
    double most = Math.min(full, (double) longestPause.toMillis());
    return Duration.ofMillis((long) (most / 2 + most / 2 * random.getAsDouble()));
  }
}
