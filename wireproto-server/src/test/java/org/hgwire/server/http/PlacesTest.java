// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<String> gaveWay = new ArrayList<>();
  private long now = 1_000_000;
  private int stuck;
  private Places places = places(2, 9);

  private Places places(int max, int ofConnection) {
    return new Places(max, ofConnection, PATIENCE, waiting -> stuck += waiting, () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private Place enter(String name) {
    return places.enter(null, () -> gaveWay.add(name));
  }

  @Test
  void noMoreAreTakenThanThereAre() {
    Place first = enter("first");
    assertThat(first.isTaken()).isTrue();
    assertThat(enter("second").isTaken()).isTrue();
    Place third = enter("third");
    assertThat(third.isTaken()).isFalse();
    first.close();
    first.close();
    assertThat(third.isTaken()).isTrue();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void placesAreTakenInTheOrderOfAsking() {
    Place first = enter("first");
    enter("second");
    Place third = enter("third");
    Place fourth = enter("fourth");
    first.close();
    assertThat(fourth.isTaken()).isFalse();
    assertThat(third.isTaken()).isTrue();
  }

  @Test
  void ofManyThatWaitTheLastIsFirst() {
    Place first = enter("first");
    enter("second");
    List<Place> many = IntStream.range(0, 9).mapToObj(i -> enter("hostile " + i)).toList();
    Place honest = enter("honest");
    first.close();
    assertThat(honest.isTaken()).isTrue();
    assertThat(many).noneMatch(Place::isTaken);
  }

  @Test
  void whoseClientIsAwaitedTheLongestGivesWay() {
    Place first = enter("first");
    Place second = enter("second");
    second.clientAwaited();
    pass(Duration.ofMillis(1));
    first.clientAwaited();
    pass(PATIENCE);
    Place third = enter("third");
    assertThat(third.isTaken()).isFalse();
    assertThat(third.isTaken()).isFalse();
    assertThat(gaveWay).containsExactly("second");
    second.close();
    assertThat(third.isTaken()).isTrue();
  }

  @Test
  void nobodyGivesWayWithoutNeed() {
    enter("first").clientAwaited();
    pass(Duration.ofHours(1));
    assertThat(enter("second").isTaken()).isTrue();
    assertThat(gaveWay).isEmpty();
  }

  @Test
  void clientThatMovesKeepsItsPlace() {
    Place first = enter("first");
    Place second = enter("second");
    first.clientAwaited();
    second.clientAwaited();
    second.clientNotAwaited();
    pass(PATIENCE.minusMillis(1));
    first.clientAwaited();
    pass(Duration.ofSeconds(1));
    assertThat(enter("third").isTaken()).isFalse();
    assertThat(gaveWay).isEmpty();
  }

  @Test
  void oneThatWaitsSaysSoWhileNobodyCanGiveWay() {
    enter("first");
    enter("second");
    Place third = enter("third");
    assertThat(third.isTaken()).isFalse();
    assertThat(stuck).isEqualTo(1);
  }

  @Test
  void waitingEndsInRefusal() {
    enter("first");
    enter("second");
    Place third = enter("third");
    pass(ServerBudget.MAX_WAIT.minusMillis(1));
    assertThat(third.isRefused()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(third.isRefused()).isTrue();
  }

  @Test
  void connectionDoesNotTakeAll() {
    places = places(10, 3);
    List<Place> greedy =
        IntStream.range(0, 5).mapToObj(i -> places.enter("greedy", () -> {})).toList();
    assertThat(greedy).filteredOn(Place::isTaken).hasSize(3);
    assertThat(places.enter("other", () -> {}).isTaken()).isTrue();
    greedy.get(0).close();
    assertThat(greedy.get(3).isTaken()).isTrue();
  }

  @Test
  void theMoreWaitTheShorterIsThePatience() {
    places = places(10, 100);
    List<Place> stalled = IntStream.range(0, 10).mapToObj(i -> enter("stalled")).toList();
    stalled.forEach(Place::clientAwaited);
    List<Place> many = IntStream.range(0, 200).mapToObj(i -> enter("waiting")).toList();
    pass(Duration.ofMillis(300));
    assertThat(many.get(0).isTaken()).isFalse();
    assertThat(gaveWay).hasSize(10).containsOnly("stalled");
  }

  @Test
  void roomIsMadeByThoseThatWaitTheLongest() {
    enter("first").clientAwaited();
    enter("second");
    enter("third");
    pass(PATIENCE);
    enter("fourth");
    places.makeRoom(5);
    assertThat(gaveWay).containsExactly("first", "third");
  }

  @Test
  void thoseThatWaitElsewhereShortenThePatience() {
    places = places(10, 100);
    List<Place> stalled = IntStream.range(0, 10).mapToObj(i -> enter("stalled")).toList();
    stalled.forEach(Place::clientAwaited);
    pass(Duration.ofMillis(300));
    places.makeRoomFor(5);
    assertThat(gaveWay).isEmpty();
    places.makeRoomFor(200);
    assertThat(gaveWay).hasSize(10);
  }

  @Test
  void onlyOneIsRefusedWhileOthersWaitElsewhere() {
    enter("first");
    enter("second");
    enter("third");
    enter("fourth");
    pass(PATIENCE);
    places.makeRoomFor(200);
    assertThat(gaveWay).containsExactly("third");
  }

  @Test
  void connectionsTakeTurns() {
    Place first = enter("first");
    Place second = enter("second");
    List<Place> greedy =
        IntStream.range(0, 20).mapToObj(i -> places.enter("greedy", () -> {})).toList();
    Place honest = places.enter("honest", () -> {});
    List<Place> later =
        IntStream.range(0, 20).mapToObj(i -> places.enter("later", () -> {})).toList();
    first.close();
    second.close();
    assertThat(later.get(0).isTaken()).isTrue();
    assertThat(honest.isTaken()).isTrue();
    later.get(0).close();
    assertThat(greedy.get(0).isTaken()).isTrue();
    assertThat(later).filteredOn(Place::isTaken).isEmpty();
  }

  @Test
  void manyThreadsNeverTakeTooMany() {
    places = new Places(3, 100, PATIENCE, waiting -> {}, System::nanoTime);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    IntStream.range(0, 300)
        .parallel()
        .forEach(
            i -> {
              try (Place place = places.enter(i % 5, () -> {})) {
                while (!place.isTaken()) {
                  Thread.onSpinWait();
                }
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                inside.decrementAndGet();
              }
            });
    assertThat(most.get()).isBetween(1, 3);
    assertThat(places.taken()).isZero();
  }
}
