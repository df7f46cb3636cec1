// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.ByteBudget;

/**
 * What the requests of one exchange hold in the heap, taken from the budget of all exchanges but
 * for the first bytes: every exchange may have those, so that a small request never fails for want
 * of memory. Not safe for use by several threads.
 */
public final class HeldBytes implements AutoCloseable {
  /** What {@link org.hgwire.core.WireLimit#MAX_HELD_REQUEST_BYTES} says does not count. */
  static final long FREE = 8 * 1024;

  private final ByteBudget budget;
  private long held;
  private long charged;

  /**
   * Holds nothing yet.
   *
   * @param budget where the bytes are taken from: {@link ServerMemory#requests}
   */
  public HeldBytes(ByteBudget budget) {
    this.budget = budget;
  }

  /**
   * Holds more; a negative number of {@code bytes} holds less.
   *
   * @throws org.hgwire.core.WireProtocolException with the code OVERLOADED if that is too much
   */
  public void add(long bytes) {
    long more = toCharge(bytes);
    if (more > 0 && !budget.tryTake(more)) {
      throw Faults.overloaded("the requests to this server hold as much memory as they may");
    }
    book(bytes, more);
  }

  /** Holds as much more as there is, at most {@code bytes}; returns how much. */
  long addUpTo(long bytes) {
    long more = toCharge(bytes);
    long missing = more > 0 ? more - budget.takeUpTo(more) : 0;
    book(bytes - missing, more - missing);
    return bytes - missing;
  }

  private long toCharge(long bytes) {
    return Math.max(0, held + bytes - FREE) - charged;
  }

  private void book(long bytes, long more) {
    held += bytes;
    charged += more;
    if (more < 0) {
      budget.give(-more);
    }
  }

  /** Gives everything back. Further calls have no effect. */
  @Override
  public void close() {
    budget.give(charged);
    charged = 0;
    held = 0;
  }
}
