// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.EnumMap;
import java.util.Map;

/**
 * Every limit that the core enforces on a peer, by {@link WireLimit}: immutable, finite, in one
 * place.
 *
 * <p>A declared size is checked where it is declared, before anything is buffered for it. Exceeding
 * a limit is {@link WireErrorCode#LIMIT} (or {@link WireErrorCode#DEPTH}), never {@link
 * WireErrorCode#MALFORMED}. With the defaults a client that does its worst makes a reactor hold 16
 * MiB for 8 MiB of half-open requests, one frame, and for each of 16 open streams a window of at
 * most 8 MiB. What a reactor has given out, as the arguments of a command, is its caller's to hold
 * and to bound. A bundle that does its worst makes its decoder hold a window of 128 MiB outside the
 * heap, and less than 1 MiB in it.
 */
public final class WireLimits {
  private static final WireLimits DEFAULTS = new WireLimits(new EnumMap<>(WireLimit.class));

  /** Those that are not the default. */
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
    return changed.getOrDefault(limit, limit.defaultValue());
  }

  /**
   * Returns the value of a limit that fits into an int, in its unit.
   *
   * @throws IllegalArgumentException if the limit may have greater values
   */
  public int intOf(WireLimit limit) {
    if (limit.max() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(limit + " is a long");
    }
    return (int) of(limit);
  }

  /**
   * Returns these limits with another value of one.
   *
   * @throws IllegalArgumentException if the limit may not have that value
   */
  public WireLimits with(WireLimit limit, long value) {
    Map<WireLimit, Long> all = new EnumMap<>(changed);
    all.put(limit, limit.check(value));
    return new WireLimits(all);
  }
}
