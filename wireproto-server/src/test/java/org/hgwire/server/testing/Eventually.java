// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what another thread does. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Eventually() {}

  /** Returns when {@code condition} holds; fails if that takes too long. */
  static void holds(String what, BooleanSupplier condition) throws InterruptedException {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      Thread.sleep(5);
    }
  }

  /** Returns the value once it has stopped to change. */
  static long settles(LongSupplier value) throws InterruptedException {
    long before = -1;
    long now = value.getAsLong();
    while (now != before) {
      before = now;
      Thread.sleep(500);
      now = value.getAsLong();
    }
    return now;
  }
}
