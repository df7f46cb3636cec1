// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;

/** The attempts at one exchange, as a {@link RetryPolicy} allows them. For one thread at a time. */
final class Retries {
  private final RetryPolicy policy;
  private final ExchangeListener listener;
  private int failures;

  /**
   * Makes the attempts.
   *
   * @param failures how many attempts failed before
   */
  Retries(PeerOptions options, int failures) {
    this.policy = options.retries();
    this.listener = options.listener();
    this.failures = failures;
  }

  /** Returns how many attempts failed and were followed by another one. */
  int failures() {
    return failures;
  }

  /**
   * Pauses before another attempt.
   *
   * @return false at once if {@code failure} is not transient, all attempts were made, or the
   *     server asks for too long a pause; false too if the thread is interrupted during the pause
   */
  boolean pauseAfter(PeerException failure) {
    int failed = failures + 1;
    if (failed >= policy.attempts() || !TransportFaults.isTransient(failure)) {
      return false;
    }
    Duration asked =
        failure instanceof HttpStatusException http ? http.retryAfter() : Duration.ZERO;
    if (asked.compareTo(policy.maxRetryAfter()) > 0) {
      return false;
    }
    Duration own = policy.pauseAfter(failed);
    Duration pause = own.compareTo(asked) < 0 ? asked : own;
    listener.attemptFailed(failure, pause);
    try {
      policy.sleeper().sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    failures = failed;
    return true;
  }
}
