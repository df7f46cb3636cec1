// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;

/**
 * Which writes to a disk fail, as if it were full and then had room again. Truncating, forcing and
 * renaming count as writes. Safe for use by several threads.
 */
final class WriteFaults {
  private final int first;
  private final int count;
  private final boolean shortFirst;
  private int writes;
  private boolean stopped;

  /**
   * Makes faults.
   *
   * @param first the first write that fails, from 1
   * @param count how many fail
   * @param shortFirst whether the write before them writes the half of what it should
   */
  WriteFaults(int first, int count, boolean shortFirst) {
    this.first = first;
    this.count = count;
    this.shortFirst = shortFirst;
  }

  /** Returns how many of {@code length} bytes the next write writes. */
  synchronized int next(int length) throws IOException {
    check();
    return shortFirst && !stopped && writes == first - 1 ? (length + 1) / 2 : length;
  }

  /** Counts a write. */
  synchronized void check() throws IOException {
    if (stopped) {
      return;
    }
    writes++;
    if (writes >= first && writes < first + count) {
      throw new IOException("No space left on device");
    }
  }

  /** Ends the faults: nothing fails or counts from now on. */
  synchronized void stop() {
    stopped = true;
  }

  /** Returns how many writes there were. */
  synchronized int writes() {
    return writes;
  }

  /** Returns whether there were enough writes for a fault. */
  synchronized boolean happened() {
    return writes >= first;
  }
}
