// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.util.concurrent.EventExecutor;
import org.hgwire.server.http.Place;
import org.hgwire.server.http.Places;
import org.hgwire.server.http.ServerBudget;
import org.jspecify.annotations.Nullable;

/** Waits for one place of a request, and holds it. Used only on the event loop. */
final class Turn {
  private final EventExecutor eventLoop;
  private final Places places;
  private final Object connection;
  private final long arrival = System.nanoTime();
  private final Runnable giveWay;
  private final Deadline retry;
  private @Nullable Place place;
  private @Nullable Runnable resumed;
  private boolean closed;

  /**
   * Makes a turn that does not wait yet.
   *
   * @param connection identifies the connection
   * @param giveWay called when the place is to be left to others, or none became free
   */
  Turn(EventExecutor eventLoop, Places places, Object connection, Runnable giveWay) {
    this.eventLoop = eventLoop;
    this.places = places;
    this.connection = connection;
    this.giveWay = giveWay;
    retry = new Deadline(eventLoop, this::retry);
  }

  /** Returns whether the place is taken; if not, calls {@code taken} once it is. */
  boolean take(Runnable taken) {
    if (closed) {
      return false;
    }
    Place wanted = place;
    if (wanted == null) {
      wanted = places.enter(connection, arrival, () -> eventLoop.execute(giveWay));
      place = wanted;
    }
    if (wanted.isTaken()) {
      return true;
    }
    if (resumed == null) {
      resumed = taken;
      retry.set(ServerBudget.RETRY.toNanos());
    }
    return false;
  }

  private void retry() {
    Place wanted = place;
    Runnable next = resumed;
    if (closed || wanted == null || next == null) {
      return;
    }
    if (wanted.isTaken()) {
      resumed = null;
      next.run();
    } else if (wanted.isRefused()) {
      giveWay.run();
    } else {
      retry.set(ServerBudget.RETRY.toNanos());
    }
  }

  /** The server waits for the client from now on. */
  void clientAwaited() {
    if (place != null) {
      place.clientAwaited();
    }
  }

  /** The server does not wait for the client any more. */
  void clientNotAwaited() {
    if (place != null) {
      place.clientNotAwaited();
    }
  }

  /** Leaves the place. May be called again. */
  void close() {
    closed = true;
    retry.clear();
    if (place != null) {
      place.close();
    }
  }
}
