// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.function.LongSupplier;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;

/**
 * Bounds the work for what was received: {@link WireLimit#MAX_DELTA_EXPANSION} bytes for each byte,
 * beyond {@link WireLimit#DELTA_EXPANSION_FLOOR}. For one thread.
 */
final class ExpansionLimit {
  private final String work;
  private final long max;
  private final long floor;
  private final LongSupplier received;
  private long done;

  /**
   * Makes the limit for a whole pull.
   *
   * @param work what is done, in the plural, for messages
   * @param received how many bytes were received so far
   */
  ExpansionLimit(String work, WireLimits limits, LongSupplier received) {
    this.work = work;
    this.max = limits.of(WireLimit.MAX_DELTA_EXPANSION);
    this.received = received;
    this.floor = limits.of(WireLimit.DELTA_EXPANSION_FLOOR);
  }

  /**
   * Notes that so many bytes are about to be made or read.
   *
   * @throws WireProtocolException with the code LIMIT if that is too much for what was received
   */
  void work(long bytes) {
    done += bytes;
    if (done > floor && done / max > received.getAsLong()) {
      throw WireProtocolException.request(
          WireErrorCode.LIMIT,
          work
              + " take more than "
              + max
              + " times the "
              + received.getAsLong()
              + " bytes that were received (the limit "
              + WireLimit.MAX_DELTA_EXPANSION
              + ")");
    }
  }
}
