// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a content store that failed is left alone: 30 seconds, then twice as long after each
 * further failure, up to 16 minutes. After a rest one call at a time tries it, until one works.
 */
final class StoreRest {
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final int MAX_DOUBLINGS = 5;

  private final LongSupplier nanoTime;
  private int failures;
  private long until;
  private boolean trying;

  StoreRest(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Returns whether the store may be called; then one of the other methods must follow. */
  synchronized boolean admits() {
    if (failures == 0) {
      return true;
    }
    if (trying || nanoTime.getAsLong() - until < 0) {
      return false;
    }
    trying = true;
    return true;
  }

  /** Ends a call that worked. */
  synchronized void worked() {
    failures = 0;
    trying = false;
  }

  /** Ends a call that failed. */
  synchronized void failed() {
    // Calls that were under way together count as one.
    if (failures == 0 || trying) {
      long rest = FIRST.toNanos() << Math.min(failures, MAX_DOUBLINGS);
      until = nanoTime.getAsLong() + rest;
      failures++;
    }
    trying = false;
  }

  /** Ends a call that says nothing about the store. */
  synchronized void released() {
    trying = false;
  }
}
