// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

/**
 * Leaves so much of the heap that what an input may take is bounded. Jazzer needs more than that
 * when it starts, so the heap is larger and the rest of it is taken away afterwards.
 */
final class HeapBound {
  private static final int MIB = 1 << 20;

  /** {@code -Dhgwire.fuzz.heap=64}: how many MiB are left; without it nothing is taken away. */
  private static final int LEFT = Integer.getInteger("hgwire.fuzz.heap", 0);

  private static byte[] taken = new byte[0];

  private HeapBound() {}

  /** Takes the memory away, once. */
  static void apply() {
    if (LEFT > 0 && taken.length == 0) {
      long rest = Runtime.getRuntime().maxMemory() - (long) LEFT * MIB;
      taken = new byte[Math.toIntExact(Math.max(1, rest))];
    }
  }
}
