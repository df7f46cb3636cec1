// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.time.Duration;

/**
 * How fast bytes have to arrive. Only the time spent waiting for them counts.
 *
 * @param bytesPerSecond the minimum; 0 if there is none
 * @param window the time of waiting over which the rate is measured
 */
public record MinRate(long bytesPerSecond, Duration window) {
  /** Checks the bounds. */
  public MinRate {
    if (bytesPerSecond < 0 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("a rate is not negative, and its window is positive");
    }
  }

  /** Returns whether so many bytes are enough for so much time of waiting. */
  boolean isMetBy(long bytes, long nanos) {
    return bytes >= bytesPerSecond * (nanos / 1e9);
  }
}
