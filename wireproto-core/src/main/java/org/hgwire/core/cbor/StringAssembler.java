// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.Arrays;
import org.hgwire.core.ByteString;

/** Assembles a string that is delivered whole and whose bytes arrive in several inputs. */
final class StringAssembler {
  /**
   * How many bytes are allocated because the head declares them; beyond that the array grows as
   * they arrive.
   */
  private static final int TRUSTED = 256;

  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int filled;
  private int length;

  /** Begins a string of {@code length} bytes, {@code available} of which can be copied now. */
  void begin(int length, int available) {
    this.length = length;
    filled = 0;
    bytes = new byte[Math.min(length, Math.max(TRUSTED, available))];
  }

  /** Copies the available bytes of the string; returns whether it is complete. */
  boolean fill(HeadReader input) {
    int available = Math.min(input.remaining(), length - filled);
    if (filled + available > bytes.length) {
      long room = Math.max(bytes.length * 2L, (long) filled + available);
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, room));
    }
    input.copy(bytes, filled, available);
    filled += available;
    return filled == length;
  }

  /** Returns the whole string and forgets it. */
  ByteString take() {
    ByteString whole = ByteString.copyOf(bytes, 0, length);
    bytes = NONE;
    return whole;
  }
}
