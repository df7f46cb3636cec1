// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;

/** The lines of a text. */
final class Lines {
  private static final int FACTOR = 31;

  private final ByteBuffer text;
  private final int[] starts;

  /**
   * Makes the lines.
   *
   * @param text the text
   * @param starts the offset of each line, and the end of the last
   */
  Lines(ByteBuffer text, int[] starts) {
    this.text = text;
    this.starts = starts;
  }

  /** Returns the offset of each line, and the end of the last: the array itself. */
  int[] starts() {
    return starts;
  }

  /** Returns a hash of a line. The author of a text can choose lines that have the same. */
  int hash(int line) {
    int hash = 0;
    for (int i = starts[line]; i < starts[line + 1]; i++) {
      hash = FACTOR * hash + text.get(i);
    }
    return hash;
  }

  /** Compares a line with one of {@code others}, by their bytes. */
  int compare(int line, Lines others, int other) {
    return slice(line).compareTo(others.slice(other));
  }

  private ByteBuffer slice(int line) {
    return text.slice(starts[line], starts[line + 1] - starts[line]);
  }
}
