// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.hgwire.testing.Chunking;

/** Ways to cut an input that the input itself decides, so that it is always cut the same way. */
final class Pieces {
  /** In the message of every fault of a content encoding. */
  private static final String DAMAGED = " data of a stream ";

  private Pieces() {}

  static List<ByteBuffer> whole(byte[] input) {
    return List.of(ByteBuffer.wrap(input));
  }

  static List<ByteBuffer> cut(byte[] input) {
    if (input.length == 0) {
      return whole(input);
    }
    int hash = Arrays.hashCode(input);
    return new Chunking(List.of(hash & 7, hash >>> 3 & 31, 1 + (hash >>> 8 & 63))).cut(input);
  }

  /**
   * Throws if the two outcomes differ, which then is a finding. How much of damaged compressed data
   * is decoded before the damage is found, {@code ContentDecoder} leaves open.
   */
  static void requireEqual(Object whole, Object cut) {
    boolean damaged = whole.toString().contains(DAMAGED) || cut.toString().contains(DAMAGED);
    if (!damaged && !whole.equals(cut)) {
      throw new AssertionError("whole: " + whole + "\nin pieces: " + cut);
    }
  }
}
