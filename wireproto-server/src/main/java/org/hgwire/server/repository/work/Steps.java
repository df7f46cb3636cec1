// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.work;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts the steps of a request, in turns of a few thousand. A step is a look at a changeset, an
 * entry of a manifest, a changed file or a node: less than a microsecond if the repository has it
 * in memory. If it takes longer, the turn ends after some milliseconds.
 *
 * <p>Used by one thread at a time, not always the same.
 */
public final class Steps {
  /** How many steps a turn has at most. */
  private static final int PER_TURN = 4096;

  private static final long MAX_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int STEPS_PER_LOOK_AT_THE_CLOCK = 16;

  private final int perTurn;
  private final long max;
  private final Supplier<RuntimeException> exceeded;
  private final LongSupplier nanoTime;
  private long taken;
  private long endOfTurn;
  private long turnBegun;

  /**
   * Makes a count of which the first turn has not begun.
   *
   * @param max how many steps the request may take in all
   * @param exceeded makes what is thrown when they have been taken
   */
  public Steps(long max, Supplier<RuntimeException> exceeded) {
    this(PER_TURN, max, exceeded, System::nanoTime);
  }

  /** Makes a count with other turns and another clock. */
  Steps(int perTurn, long max, Supplier<RuntimeException> exceeded, LongSupplier nanoTime) {
    this.perTurn = perTurn;
    this.max = max;
    this.exceeded = exceeded;
    this.nanoTime = nanoTime;
  }

  /** Begins a turn. */
  public void beginTurn() {
    endOfTurn = taken + perTurn;
    turnBegun = nanoTime.getAsLong();
  }

  /** Takes a step of this turn, or returns false if it has none left. */
  public boolean take() {
    if (taken >= endOfTurn) {
      return false;
    }
    spend(1);
    if (taken % STEPS_PER_LOOK_AT_THE_CLOCK == 0
        && nanoTime.getAsLong() - turnBegun >= MAX_TURN_NANOS) {
      endOfTurn = taken;
    }
    return true;
  }

  /** Counts steps that were taken at once, which may be more than the turn has left. */
  public void spend(long count) {
    taken += count;
    if (taken > max) {
      throw exceeded.get();
    }
  }
}
