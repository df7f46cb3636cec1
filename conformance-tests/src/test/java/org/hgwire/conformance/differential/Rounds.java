// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.time.Duration;
import java.util.Random;

/**
 * The rounds of a run: a fixed number of them, or as many as there is time for.
 *
 * <ul>
 *   <li>{@code -Dhgwire.differential.seed=S} begins with another seed.
 *   <li>{@code -Dhgwire.differential.seconds=N} goes on for N seconds.
 *   <li>{@code -Dhgwire.differential.round=R} runs one round alone, as a failure names it.
 * </ul>
 */
final class Rounds {
  private static final long SEED = Long.getLong("hgwire.differential.seed", 20_261_127);
  private static final long SECONDS = Long.getLong("hgwire.differential.seconds", 0);
  private static final long ONLY = Long.getLong("hgwire.differential.round", -1);

  /** Keeps the random numbers of neighbouring rounds apart. */
  private static final long STRIDE = 0x9e37_79b9_7f4a_7c15L;

  private final long count;
  private final long begin = System.nanoTime();
  private long next = Math.max(0, ONLY);

  /** Begins a run of {@code count} rounds, unless a property says otherwise. */
  Rounds(long count) {
    this.count = ONLY >= 0 ? ONLY + 1 : SECONDS > 0 ? Long.MAX_VALUE : count;
  }

  boolean hasNext() {
    return next < count && (SECONDS == 0 || took().toSeconds() < SECONDS);
  }

  /** Begins the next round; returns what it takes its input from. */
  Random next() {
    return new Random((SEED + next++) * STRIDE);
  }

  /** Returns how long the run has taken so far. */
  Duration took() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  static long seed() {
    return SEED;
  }

  /** Returns how the current round is run again. */
  @Override
  public String toString() {
    return "-Dhgwire.differential.seed=%d -Dhgwire.differential.round=%d".formatted(SEED, next - 1);
  }
}
