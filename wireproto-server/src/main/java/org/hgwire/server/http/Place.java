// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import org.jspecify.annotations.Nullable;

/**
 * One of the {@link Places} of a server: waited for, then taken, until it is closed. Safe for use
 * by several threads.
 */
public final class Place implements AutoCloseable {
  /** The states, in their order. */
  enum State {
    WAITING,
    TAKEN,
    LEAVING,
    CLOSED
  }

  private final Places places;
  private final @Nullable Object connection;
  private final Runnable giveWay;

  // Used with the monitor of the places.
  State state = State.WAITING;
  long since;
  final int turn;
  final long arrival;
  final long number;

  Place(
      Places places,
      @Nullable Object connection,
      Runnable giveWay,
      long now,
      int turn,
      long arrival,
      long number) {
    this.places = places;
    this.connection = connection;
    this.giveWay = giveWay;
    this.since = now;
    this.turn = turn;
    this.arrival = arrival;
    this.number = number;
  }

  /** Returns what identifies the connection, or null if it does not matter. */
  @Nullable Object connection() {
    return connection;
  }

  /** Lets the holder of the place close it soon. */
  void giveWay() {
    giveWay.run();
  }

  /**
   * Returns whether the place is taken. If not, it is waited for: ask again after {@link
   * ServerBudget#RETRY}.
   */
  public boolean isTaken() {
    return places.isTaken(this);
  }

  /** Returns whether the place was waited for in vain, for {@link ServerBudget#MAX_WAIT}. */
  public boolean isRefused() {
    return places.isRefused(this);
  }

  /**
   * Learns that its holder waits for the client from now on, or still waits although the client has
   * made progress.
   */
  public void clientAwaited() {
    places.clientAwaited(this, true);
  }

  /** Learns that its holder does not wait for the client. */
  public void clientNotAwaited() {
    places.clientAwaited(this, false);
  }

  /** Leaves the place, taken or not. May be called again. */
  @Override
  public void close() {
    places.close(this);
  }
}
