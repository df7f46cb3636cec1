// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How often, and after what pause, an exchange of commands that read is retried if it failed before
 * any of it was delivered. The pause before attempt n + 1 is {@code firstPause} × 2<sup>n-1</sup>,
 * at most {@code maxPause}, of which a random part of up to half is left out. It is longer if the
 * server asks for that (Retry-After); if the server asks for more than {@code maxRetryAfter}, there
 * is no other attempt.
 *
 * @param attempts the number of attempts in all, at least 1
 * @param firstPause the pause after the first attempt
 * @param maxPause the longest pause that is not asked for
 * @param maxRetryAfter the longest pause that a server may ask for
 * @param random numbers from 0 (inclusive) to 1 (exclusive)
 * @param sleeper how a thread waits
 */
public record RetryPolicy(
    int attempts,
    Duration firstPause,
    Duration maxPause,
    Duration maxRetryAfter,
    DoubleSupplier random,
    Sleeper sleeper) {
  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(2);

  /** Checks the number of attempts. */
  public RetryPolicy {
    if (attempts < 1
        || firstPause.isNegative()
        || maxPause.isNegative()
        || maxRetryAfter.isNegative()) {
      throw new IllegalArgumentException("attempts must be at least 1 and pauses not negative");
    }
  }

  /** Makes a policy under which a server may ask for pauses of up to 2 minutes. */
  public RetryPolicy(
      int attempts,
      Duration firstPause,
      Duration maxPause,
      DoubleSupplier random,
      Sleeper sleeper) {
    this(attempts, firstPause, maxPause, MAX_RETRY_AFTER, random, sleeper);
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

  /**
   * Returns a policy of {@code attempts} attempts, with pauses from 500 ms up to 10 s; a server may
   * ask for up to 2 minutes.
   */
  public static RetryPolicy of(int attempts) {
    return new RetryPolicy(
        attempts,
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        () -> ThreadLocalRandom.current().nextDouble(),
        pause -> Thread.sleep(pause.toMillis()));
  }

  /** Returns the policy without retries. */
  public static RetryPolicy never() {
    return of(1);
  }

  /** Returns this policy with other pauses: the first one, and the longest. */
  public RetryPolicy withPauses(Duration first, Duration max) {
    return new RetryPolicy(attempts, first, max, maxRetryAfter, random, sleeper);
  }

  /** Returns this policy with another way to wait. */
  public RetryPolicy withSleeper(Sleeper other) {
    return new RetryPolicy(attempts, firstPause, maxPause, maxRetryAfter, random, other);
  }

  /** Returns this policy with another longest pause that a server may ask for. */
  public RetryPolicy withMaxRetryAfter(Duration max) {
    return new RetryPolicy(attempts, firstPause, maxPause, max, random, sleeper);
  }

  /** Returns the pause after attempt {@code attempt}, counted from 1, has failed. */
  Duration pauseAfter(int attempt) {
    double full = (double) firstPause.toMillis() * Math.pow(2, Math.min(attempt - 1, 30));
    double bounded = Math.min(full, (double) maxPause.toMillis());
    return Duration.ofMillis((long) (bounded / 2 + bounded / 2 * random.getAsDouble()));
  }
}
