// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

/**
 * What may still be received on a connection besides bodies. Each byte of a body allows some more,
 * so that a response of any size may come in the smallest of pieces. Safe for use by several
 * threads.
 */
final class OverheadBudget {
  /** A chunk or a frame of one byte takes less than this. */
  private static final int PER_BODY_BYTE = 16;

  private final long max;
  private long left;

  OverheadBudget(long max) {
    this.max = max;
    this.left = max;
  }

  /**
   * Takes bytes that are not known to be body.
   *
   * @throws OverheadException if there were too many
   */
  synchronized void take(long bytes) throws OverheadException {
    left -= bytes;
    if (left < 0) {
      throw new OverheadException(max);
    }
  }

  /** Returns bytes that were taken and turned out to be body, and allows more for them. */
  synchronized void giveBack(long bytes) {
    left = Math.min(max, left + bytes * (1 + PER_BODY_BYTE));
  }

  /** Begins again, for another exchange. */
  synchronized void reset() {
    left = max;
  }
}
