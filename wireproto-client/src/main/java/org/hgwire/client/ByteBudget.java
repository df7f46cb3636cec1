// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that all responses of an exchange may keep, in memory or on disk. Safe for use by
 * several threads.
 */
final class ByteBudget {
  private final AtomicLong left;

  ByteBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** Takes {@code bytes} from the budget, or returns false if fewer are left. */
  boolean take(long bytes) {
    long now = left.get();
    while (now >= bytes) {
      if (left.compareAndSet(now, now - bytes)) {
        return true;
      }
      now = left.get();
    }
    return false;
  }

  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }

  long left() {
    return left.get();
  }
}
