// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An amount of memory, in bytes, that several holders share: each takes from it before it allocates
 * and gives back what it has freed. Safe for use by several threads; no call waits.
 */
public final class ByteBudget {
  private final long size;
  private final AtomicLong taken = new AtomicLong();

  /** Makes a budget of {@code size} bytes. */
  public ByteBudget(long size) {
    this.size = size;
  }

  /** Returns a budget that always suffices. */
  public static ByteBudget unlimited() {
    return new ByteBudget(Long.MAX_VALUE);
  }

  /** Takes {@code bytes}, or nothing if less is left; returns whether it took them. */
  public boolean tryTake(long bytes) {
    long before = taken.get();
    while (bytes <= size - before) {
      if (taken.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  /** Takes {@code bytes}, or what is left if that is less; returns how many it took. */
  public long takeUpTo(long bytes) {
    while (true) {
      long before = taken.get();
      long found = Math.min(bytes, size - before);
      if (taken.compareAndSet(before, before + found)) {
        return found;
      }
    }
  }

  /** Gives back {@code bytes} that were taken. */
  public void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Returns how many bytes are taken now. */
  public long taken() {
    return taken.get();
  }

  /** Returns how many bytes there are in all. */
  public long size() {
    return size;
  }
}
