// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * After which HTTP statuses the same request may succeed later, and when: the header Retry-After
 * (RFC 9110, section 10.2.3).
 */
public final class RetryAfter {
  /**
   * Request Timeout, Too Early, Too Many Requests; and Bad Gateway, Service Unavailable, Gateway
   * Timeout.
   */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 502, 503, 504);

  private static final Duration CENTURY = Duration.ofDays(36_525);

  private RetryAfter() {}

  /** Returns whether the same request may succeed after a response with this status. */
  public static boolean isTransient(int status) {
    return TRANSIENT.contains(status);
  }

  /**
   * Returns how long to wait, zero if the header is missing or malformed.
   *
   * @param value the header Retry-After, a number of seconds or a date
   * @param date the header Date of the same response, with which a date is compared; without one it
   *     is compared with the clock of this machine
   */
  public static Duration of(@Nullable String value, @Nullable String date) {
    if (value == null) {
      return Duration.ZERO;
    }
    String text = value.strip();
    if (text.matches("[0-9]+")) {
      return text.length() <= 9 ? Duration.ofSeconds(Long.parseLong(text)) : CENTURY;
    }
    Instant then = HttpDate.parse(text);
    if (then == null) {
      return Duration.ZERO;
    }
    Instant sent = HttpDate.parse(date);
    Duration wait = Duration.between(sent == null ? Instant.now() : sent, then);
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
