// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.util.function.IntPredicate;

/**
 * The ids of a client's requests: odd, in order, again from 1 after 65,535.
 *
 * <p>wireprotocolrpc, Frames: "Odd numbered requests are client-initiated. […] Implementations are
 * advised to start ordering request identifiers at 1 and 0, increment by 2, and wrap around if all
 * available numbers have been exhausted."
 */
final class RequestIds {
  /** How many ids there are. */
  static final int COUNT = 32_768;

  private int next = 1;

  /**
   * Returns the next id that is not taken.
   *
   * @throws IllegalStateException if all are
   */
  int next(IntPredicate taken) {
    for (int tried = 0; tried < COUNT; tried++) {
      int id = next;
      next = (next + 2) & 0xffff;
      if (!taken.test(id)) {
        return id;
      }
    }
    throw new IllegalStateException("all " + COUNT + " request ids are in use");
  }
}
