// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hgwire.server.http.Place;
import org.hgwire.server.http.Places;
import org.hgwire.server.http.ServerBudget;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one place of a request, and holds it. {@link #isOver} may be asked by any thread; all
 * else is used by one thread at a time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled does not fail
final class Turn {
  private final Places places;
  private final String connection;
  private final long arrival = System.nanoTime();
  private final ScheduledExecutorService timer;
  private final Runnable wake;
  private @Nullable Place place;
  private boolean closed;
  private volatile boolean over;
  private volatile boolean retrying;

  /**
   * Makes a turn that does not wait yet.
   *
   * @param connection identifies the connection
   * @param wake called when {@link #take} or {@link #isOver} is to be asked again
   */
  Turn(Places places, String connection, ScheduledExecutorService timer, Runnable wake) {
    this.places = places;
    this.connection = connection;
    this.timer = timer;
    this.wake = wake;
  }

  /** Returns whether the place is taken; if not, the flow is woken to ask again. */
  boolean take() {
    if (closed) {
      return false;
    }
    Place wanted = place;
    if (wanted == null) {
      wanted = places.enter(connection, arrival, this::giveWay);
      place = wanted;
    }
    if (wanted.isTaken()) {
      return true;
    }
    if (wanted.isRefused()) {
      over = true;
    }
    if (!retrying) {
      retrying = true;
      retryLater();
    }
    return false;
  }

  private void retryLater() {
    try {
      timer.schedule(this::retry, over ? 0 : ServerBudget.RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException destroyed) {
      over = true;
    }
  }

  private void retry() {
    retrying = false;
    wake.run();
  }

  private void giveWay() {
    over = true;
    wake.run();
  }

  /** Returns whether the request must end: it got no place, or is to leave it to others. */
  boolean isOver() {
    return over;
  }

  /** The client is waited for from now on. */
  void clientAwaited() {
    if (place != null) {
      place.clientAwaited();
    }
  }

  /** The client is not waited for any more. */
  void clientNotAwaited() {
    if (place != null) {
      place.clientNotAwaited();
    }
  }

  /** Leaves the place. May be called again. */
  void close() {
    closed = true;
    if (place != null) {
      place.close();
    }
  }
}
