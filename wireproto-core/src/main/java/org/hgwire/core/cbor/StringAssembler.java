// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.Arrays;
import org.hgwire.core.ByteString;

/** Puts together a string that is delivered whole and whose bytes come in several inputs. */
final class StringAssembler {
  /** Room for this many bytes is made on the word of the head alone; more as they arrive. */
  private static final int TRUSTED = 256;

  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int filled;
  private int length;

  /** Begins a string of {@code length} bytes, of which {@code available} can be copied now. */
  void begin(int length, int available) {
    this.length = length;
    filled = 0;
    bytes = new byte[Math.min(length, Math.max(TRUSTED, available))];
  }

  /** Copies what there is of the string; returns whether it is whole. */
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
