// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two requests of a download, until it is closed. */
final class Pauses {
  /** How long one pause is if the host does not say. */
  static final Duration STANDARD = Duration.ofMillis(500);

  /**
   * How long one pause may be. A host that asks for more is not asked again: what it has is
   * available elsewhere. Not a WireLimit: it bounds a content host.
   */
  static final Duration MAX = Duration.ofSeconds(10);

  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Waits.
   *
   * @return false at once if the pause is too long, or as soon as the download is closed or the
   *     thread is interrupted
   */
  boolean await(Duration pause) {
    if (pause.compareTo(MAX) > 0) {
      return false;
    }
    try {
      return !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the pause of another thread, and all later ones. */
  void close() {
    closed.countDown();
  }
}
