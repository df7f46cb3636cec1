// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.util.function.IntPredicate;

/**
 * The ids of a client's requests: odd, in ascending order, restarting at 1 after 65,535.
 *
 * <p>wireprotocolrpc, Frames: "Odd numbered requests are client-initiated. […] Implementations are
 * advised to start ordering request identifiers at 1 and 0, increment by 2, and wrap around if all
 * available numbers have been exhausted."
 */
final class RequestIds {
  /** The number of ids: all odd numbers in 16 bits. */
  static final int COUNT = 32_768;

  private int next = 1;

  /**
   * Returns the next id that is not in use.
   *
   * @throws IllegalStateException if all are in use
   */
  int next(IntPredicate inUse) {
    for (int tried = 0; tried < COUNT; tried++) {
      int id = next;
      next = (next + 2) & 0xffff;
      if (!inUse.test(id)) {
        return id;
      }
    }
    throw new IllegalStateException("all " + COUNT + " request ids are in use");
  }
}
