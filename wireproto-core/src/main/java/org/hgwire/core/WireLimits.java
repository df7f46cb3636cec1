// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.EnumMap;
import java.util.Map;

/**
 * The limits that the core enforces on a peer, all of them finite. Immutable.
 *
 * <p>{@link WireLimit} lists them with their worst cases. A declared size is checked where it is
 * declared, before anything is buffered for it. What exceeds a limit is a fault with the code
 * {@link WireErrorCode#LIMIT} or {@link WireErrorCode#DEPTH}, never {@link
 * WireErrorCode#MALFORMED}.
 *
 * <p>With the defaults, the most that a hostile client can make a reactor hold is 16 MiB for 8 MiB
 * of half-open requests, one frame, and a window of at most 8 MiB for each of 16 open streams. What
 * a reactor has returned, such as the arguments of a command, is for its caller to bound. The most
 * that a hostile bundle can make its decoder hold is a window of 128 MiB outside the heap and less
 * than 1 MiB in it.
 */
public final class WireLimits {
  private static final WireLimits DEFAULTS = new WireLimits(new EnumMap<>(WireLimit.class));

  /** The values that differ from the defaults. */
  private final Map<WireLimit, Long> changed;

  private WireLimits(Map<WireLimit, Long> changed) {
    this.changed = changed;
  }

  /** Returns the default limits. */
  public static WireLimits defaults() {
    return DEFAULTS;
  }

  /** Returns the value of a limit, in its unit. */
  public long of(WireLimit limit) {
    // Not getOrDefault, which would box the default on each call.
    Long value = changed.get(limit);
    return value == null ? limit.defaultValue() : value;
  }

  /**
   * Returns the value of a limit as an int, in its unit.
   *
   * @throws IllegalArgumentException if the limit may have values that do not fit into an int
   */
  public int intOf(WireLimit limit) {
    if (limit.max() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(limit + " may exceed an int: use of()");
    }
    return (int) of(limit);
  }

  /**
   * Returns a copy of these limits for a server whose heap may grow to {@code heapBytes}: limits
   * that were not changed and whose defaults are derived from that get {@link
   * WireLimit#defaultValue(long)}. Without this they have the defaults for a heap of 64 MiB.
   */
  public WireLimits forHeap(long heapBytes) {
    Map<WireLimit, Long> all = new EnumMap<>(changed);
    for (WireLimit limit : WireLimit.values()) {
      long derived = limit.defaultValue(heapBytes);
      if (derived != limit.defaultValue()) {
        all.putIfAbsent(limit, derived);
      }
    }
    return new WireLimits(all);
  }

  /**
   * Returns a copy of these limits with another value for one of them.
   *
   * @throws IllegalArgumentException if {@code value} is outside the bounds of {@code limit}
   */
  public WireLimits with(WireLimit limit, long value) {
    Map<WireLimit, Long> all = new EnumMap<>(changed);
    all.put(limit, limit.check(value));
    return new WireLimits(all);
  }
}
