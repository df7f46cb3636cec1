// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The places that are waited for, ordered by the turns of their connections, and in a turn by their
 * arrival. Not safe for use by several threads.
 */
final class PlaceQueue {
  private static final Comparator<Place> BY_TURN = Comparator.comparingInt(place -> place.turn);

  private static final Comparator<Place> BY_ARRIVAL =
      Comparator.<Place>comparingLong(place -> place.arrival)
          .thenComparingLong(place -> place.number);

  private final NavigableSet<Place> earliestFirst =
      new TreeSet<>(BY_TURN.thenComparing(BY_ARRIVAL));

  private final NavigableSet<Place> latestFirst =
      new TreeSet<>(BY_TURN.thenComparing(BY_ARRIVAL.reversed()));

  void add(Place place) {
    earliestFirst.add(place);
    latestFirst.add(place);
  }

  void remove(Place place) {
    earliestFirst.remove(place);
    latestFirst.remove(place);
  }

  int size() {
    return earliestFirst.size();
  }

  boolean isEmpty() {
    return earliestFirst.isEmpty();
  }

  /** Returns the earliest of the last turn; there must be one. */
  Place lastInTurn() {
    return latestFirst.last();
  }

  /** Returns what waits, in each turn the earliest first. */
  Iterable<Place> earliestFirst() {
    return Collections.unmodifiableSet(earliestFirst);
  }

  /** Returns what waits, in each turn the latest first. */
  Iterable<Place> latestFirst() {
    return Collections.unmodifiableSet(latestFirst);
  }
}
