// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what compressed data may decompress to: {@link WireLimit#MAX_EXPANSION} times what was
 * received, beyond {@link WireLimit#EXPANSION_FLOOR}, and {@link WireLimit#MAX_DECOMPRESSED_BYTES}
 * in all. Not safe for use by several threads.
 */
public final class ExpansionBudget {
  private final long maxExpansion;
  private final long floor;
  private final long max;
  private long received;
  private long decompressed;

  /** Makes the budget of one compressed stream. */
  public ExpansionBudget(WireLimits limits) {
    this.maxExpansion = limits.of(WireLimit.MAX_EXPANSION);
    this.floor = limits.of(WireLimit.EXPANSION_FLOOR);
    this.max = limits.of(WireLimit.MAX_DECOMPRESSED_BYTES);
  }

  /** Notes that compressed bytes were received. */
  public void received(long bytes) {
    received += bytes;
  }

  /**
   * Notes that bytes were decompressed.
   *
   * @return null if they may be used, or else what is wrong, to follow the name of the data
   */
  public @Nullable String decompressed(long bytes) {
    decompressed += bytes;
    if (decompressed > max) {
      return "decompresses to more than "
          + max
          + " bytes (the limit "
          + WireLimit.MAX_DECOMPRESSED_BYTES
          + ")";
    }
    if (decompressed > floor && decompressed / maxExpansion > received) {
      return "decompresses to more than "
          + maxExpansion
          + " times the "
          + received
          + " bytes that were received (the limit "
          + WireLimit.MAX_EXPANSION
          + ")";
    }
    return null;
  }
}
