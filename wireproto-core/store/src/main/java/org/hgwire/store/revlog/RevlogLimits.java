// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;

/**
 * What one revlog may make its reader hold and do. What exceeds a limit is a {@link
 * org.hgwire.store.StoreException} of kind {@code TOO_LARGE}.
 *
 * @param maxText the length in bytes of a text that is made from deltas, or returned whole ({@link
 *     WireLimit#MAX_STORED_TEXT})
 * @param maxChain how many deltas one text may be made from ({@link WireLimit#MAX_STORED_CHAIN})
 * @param maxRevisions how many revisions a revlog may have ({@link WireLimit#MAX_STORED_REVISIONS})
 */
public record RevlogLimits(int maxText, int maxChain, int maxRevisions) {
  /**
   * Makes the limits.
   *
   * @throws IllegalArgumentException if one of them is not positive
   */
  public RevlogLimits {
    if (maxText <= 0 || maxChain <= 0 || maxRevisions <= 0) {
      throw new IllegalArgumentException("the limits of revlogs are positive");
    }
  }

  /** Returns those of {@code limits} that concern revlogs. */
  public static RevlogLimits of(WireLimits limits) {
    return new RevlogLimits(
        limits.intOf(WireLimit.MAX_STORED_TEXT),
        limits.intOf(WireLimit.MAX_STORED_CHAIN),
        limits.intOf(WireLimit.MAX_STORED_REVISIONS));
  }

  /** Returns the defaults for the heap that this process may use. */
  public static RevlogLimits defaults() {
    return of(WireLimits.defaults().forHeap(Runtime.getRuntime().maxMemory()));
  }
}
