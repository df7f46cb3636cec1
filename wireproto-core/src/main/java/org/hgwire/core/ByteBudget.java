// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

/**
 * An amount of memory, or of space on disk, in bytes, that several holders share: each takes from
 * it before it allocates and gives back what it has freed. Safe for use by several threads; no call
 * waits.
 */
public final class ByteBudget {
  private final long size;
  private long taken;

  /** Makes a budget of {@code size} bytes. */
  public ByteBudget(long size) {
    this.size = size;
  }

  /** Returns a budget that always suffices. */
  public static ByteBudget unlimited() {
    return new ByteBudget(Long.MAX_VALUE);
  }

  /** Takes {@code bytes}, or nothing if less is left; returns whether it took them. */
  public synchronized boolean tryTake(long bytes) {
    if (bytes > size - taken) {
      return false;
    }
    taken += bytes;
    return true;
  }

  /** Takes {@code bytes}, or what is left if that is less; returns how many it took. */
  public synchronized long takeUpTo(long bytes) {
    long found = Math.min(bytes, size - taken);
    taken += found;
    return found;
  }

  /** Gives back {@code bytes} that were taken. */
  public synchronized void give(long bytes) {
    taken -= bytes;
  }

  /** Returns how many bytes are taken now. */
  public synchronized long taken() {
    return taken;
  }

  /** Returns how many bytes there are in all. */
  public long size() {
    return size;
  }
}
