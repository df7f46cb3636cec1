// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Reads a body that is held in memory, at once: all of it within one time, however it arrives. */
final class SmallBody {
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  /**
   * Reads until the end, or until {@code max} bytes were read.
   *
   * @throws SocketTimeoutException if that takes longer than {@code patience}
   */
  void read(HttpTransport.Response response, int max, Duration patience) throws IOException {
    long begun = System.nanoTime();
    byte[] buffer = new byte[Math.min(max, 8192)];
    while (received.size() < max) {
      Duration left = patience.minusNanos(System.nanoTime() - begun);
      if (left.isNegative() || left.isZero()) {
        throw new SocketTimeoutException("the body was not complete in " + patience);
      }
      response.readTimeout(left);
      int count = response.body().read(buffer, 0, Math.min(buffer.length, max - received.size()));
      if (count < 0) {
        return;
      }
      received.write(buffer, 0, count);
    }
  }

  /** Returns what was received, also if {@link #read} failed. */
  byte[] bytes() {
    return received.toByteArray();
  }
}
