// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, which it closes. */
final class FirstBytes extends FilterInputStream {
  private long left;

  FirstBytes(InputStream input, long length) {
    super(input);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    int value = left == 0 ? -1 : super.read();
    left -= value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) throws IOException {
    if (left == 0 && wanted > 0) {
      return -1;
    }
    int count = super.read(bytes, offset, (int) Math.min(wanted, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long count = super.skip(Math.min(wanted, left));
    left -= count;
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
