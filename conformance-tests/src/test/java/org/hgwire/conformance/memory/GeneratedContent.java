// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.server.repository.memory.RevisionContent;

/** Content of any length that is generated while it is read: a repeated block of noise. */
final class GeneratedContent extends InputStream {
  /** The number of bytes that this process has generated. */
  static final AtomicLong MADE = new AtomicLong();

  private static final int BLOCK = 16 << 10;

  private final byte[] block = new byte[BLOCK];
  private long left;
  private long position;

  private GeneratedContent(long size, long seed) {
    left = size;
    long state = seed;
    for (int i = 0; i < BLOCK; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      block[i] = (byte) (state >>> 56);
    }
  }

  /** Returns content of {@code size} bytes that differs for each seed. */
  static RevisionContent of(long size, long seed) {
    return RevisionContent.of(size, () -> new GeneratedContent(size, seed));
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int from = (int) (position % BLOCK);
    int count = (int) Math.min(Math.min(length, left), BLOCK - from);
    System.arraycopy(block, from, target, offset, count);
    position += count;
    left -= count;
    MADE.addAndGet(count);
    return count;
  }
}
