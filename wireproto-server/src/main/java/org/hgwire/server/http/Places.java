// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Places of one kind, so many for the server and so many for each connection. Connections take
 * turns: what a connection asks for first comes before what another asks for second. Among equals,
 * places are taken in the order in which they were asked for. But if many wait, the last is the
 * first: one that comes after many hostile clients does not have to wait for all of them. While
 * some wait for a place, as many others give way, if they have kept the server waiting for their
 * client for some time: the longest first. Safe for use by several threads.
 */
public final class Places {
  /** In this time all that wait are to get places, even if every client is hostile. */
  private static final long MAX_QUEUE_NANOS = Duration.ofSeconds(4).toNanos();

  /** From so many that wait on, the last is the first; more if there are many places. */
  private static final int CROWD = 8;

  private static final long MIN_PATIENCE_NANOS = Duration.ofMillis(50).toNanos();

  private final int max;
  private final int maxOfConnection;
  private final long patienceNanos;
  private final IntConsumer whenStuck;
  private final LongSupplier nanoTime;

  private final PlaceQueue waiting = new PlaceQueue();

  /** Those whose client is waited for, since the earliest time first. */
  private final Set<Place> idle = new LinkedHashSet<>();

  private final Map<Object, Holdings> ofConnections = new HashMap<>();
  private int taken;
  private int leaving;
  private long entered;

  /** What one connection has: places that are taken, and others that it waits for. */
  private static final class Holdings {
    int taken;
    int waiting;
  }

  /**
   * Makes places.
   *
   * @param max how many there are
   * @param maxOfConnection how many one connection may have
   * @param patience how long a client may be waited for before its place is taken from it; less if
   *     many wait
   * @param whenStuck is called, again and again, with how many wait while none can give way
   */
  Places(
      int max,
      int maxOfConnection,
      Duration patience,
      IntConsumer whenStuck,
      LongSupplier nanoTime) {
    this.whenStuck = whenStuck;
    this.max = max;
    this.maxOfConnection = maxOfConnection;
    this.patienceNanos = patience.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * Asks for a place.
   *
   * @param connection identifies the connection by {@code equals}, or null if it does not matter
   * @param giveWay is called, by any thread and at most once, when the holder is to close the taken
   *     place soon
   * @return the place, taken or to be waited for; the caller closes it
   */
  public Place enter(@Nullable Object connection, Runnable giveWay) {
    return enter(connection, nanoTime.getAsLong(), giveWay);
  }

  /**
   * Asks for a place.
   *
   * @param arrival when the request arrived, by {@link System#nanoTime}: its turn among others
   *     follows from that, not from when it asks
   */
  public Place enter(@Nullable Object connection, long arrival, Runnable giveWay) {
    synchronized (this) {
      int turn = 0;
      if (connection != null) {
        Holdings held = ofConnections.computeIfAbsent(connection, key -> new Holdings());
        turn = held.taken + held.waiting;
        held.waiting++;
      }
      long now = nanoTime.getAsLong();
      Place place = new Place(this, connection, giveWay, now, turn, arrival, entered++);
      waiting.add(place);
      admit();
      return place;
    }
  }

  /**
   * Lets up to {@code count} give way, even if there are places: those whose clients were waited
   * for the longest, then those that have waited for a place the longest.
   */
  void makeRoom(int count) {
    List<Place> evicted;
    synchronized (this) {
      evicted = evict(count, waiting.size());
      refuse(count - evicted.size(), evicted);
    }
    evicted.forEach(Place::giveWay);
  }

  /**
   * Lets as many give way as wait for places of another kind, which only the end of one of these
   * sets free: they count as if they waited here. If no client keeps the server waiting, the one
   * that has waited for a place the longest gives way.
   */
  void makeRoomFor(int others) {
    List<Place> evicted;
    synchronized (this) {
      evicted = evict(others, waiting.size() + others);
      if (evicted.isEmpty()) {
        refuse(1, evicted);
      }
    }
    evicted.forEach(Place::giveWay);
  }

  private void refuse(int count, List<Place> refused) {
    long now = nanoTime.getAsLong();
    for (int i = 0; i < count && !waiting.isEmpty(); i++) {
      Place longest = waiting.lastInTurn();
      if (now - longest.since < patience(waiting.size())) {
        return;
      }
      stopWaiting(longest);
      longest.state = Place.State.CLOSED;
      refused.add(longest);
    }
  }

  /** Returns how many places are taken now. */
  public synchronized int taken() {
    return taken;
  }

  boolean isTaken(Place place) {
    List<Place> evicted = List.of();
    boolean is;
    int stuck = 0;
    synchronized (this) {
      admit();
      is = place.state == Place.State.TAKEN || place.state == Place.State.LEAVING;
      if (!is && taken >= max) {
        evicted = evict(waiting.size() - leaving, waiting.size());
        stuck = leaving == 0 && place == waiting.lastInTurn() ? waiting.size() : 0;
      }
    }
    evicted.forEach(Place::giveWay);
    if (stuck > 0) {
      whenStuck.accept(stuck);
    }
    return is;
  }

  synchronized boolean isRefused(Place place) {
    return place.state == Place.State.WAITING
        && nanoTime.getAsLong() - place.since >= ServerBudget.MAX_WAIT.toNanos();
  }

  synchronized void clientAwaited(Place place, boolean awaited) {
    if (place.state == Place.State.TAKEN) {
      idle.remove(place);
      if (awaited) {
        place.since = nanoTime.getAsLong();
        idle.add(place);
      }
    }
  }

  synchronized void close(Place place) {
    switch (place.state) {
      case WAITING -> stopWaiting(place);
      case TAKEN -> leave(place);
      case LEAVING -> {
        leaving--;
        leave(place);
      }
      case CLOSED -> {}
    }
    place.state = Place.State.CLOSED;
  }

  private void leave(Place place) {
    idle.remove(place);
    taken--;
    change(place.connection(), -1, 0);
    admit();
  }

  private void stopWaiting(Place place) {
    waiting.remove(place);
    change(place.connection(), 0, -1);
  }

  private void change(@Nullable Object connection, int ofTaken, int ofWaiting) {
    Holdings held = connection == null ? null : ofConnections.get(connection);
    if (connection != null && held != null) {
      held.taken += ofTaken;
      held.waiting += ofWaiting;
      if (held.taken + held.waiting == 0) {
        ofConnections.remove(connection);
      }
    }
  }

  private void admit() {
    if (taken >= max || waiting.isEmpty()) {
      return;
    }
    boolean crowd = waiting.size() > Math.max(CROWD, max / 4);
    List<Place> admitted = new ArrayList<>();
    for (Place next : crowd ? waiting.latestFirst() : waiting.earliestFirst()) {
      Object connection = next.connection();
      Holdings held = connection == null ? null : ofConnections.get(connection);
      if (held == null || held.taken < maxOfConnection) {
        admitted.add(next);
        next.state = Place.State.TAKEN;
        taken++;
        change(connection, 1, -1);
      }
      if (taken >= max) {
        break;
      }
    }
    admitted.forEach(waiting::remove);
  }

  /** The more wait, the shorter: so that even the last gets a place within a few seconds. */
  private long patience(int demand) {
    long share = MAX_QUEUE_NANOS * max / Math.max(1, demand);
    return Math.max(MIN_PATIENCE_NANOS, Math.min(patienceNanos, share));
  }

  private List<Place> evict(int count, int demand) {
    List<Place> evicted = new ArrayList<>();
    long now = nanoTime.getAsLong();
    Iterator<Place> longest = idle.iterator();
    while (evicted.size() < count && longest.hasNext()) {
      Place next = longest.next();
      if (now - next.since < patience(demand)) {
        break;
      }
      longest.remove();
      next.state = Place.State.LEAVING;
      leaving++;
      evicted.add(next);
    }
    return evicted;
  }
}
