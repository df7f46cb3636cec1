// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AppendQueueTest {
  private final AppendQueue queue = new AppendQueue();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    queue.close();
  }

  private void block() throws IOException {
    try {
      if (!released.await(30, TimeUnit.SECONDS)) {
        throw new IOException("nobody released it");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Returns also if the thread ends, or the time limit of the test interrupts this one. */
  private static void awaitWaiting(Thread thread) {
    while (thread.isAlive()
        && thread.getState() != Thread.State.WAITING
        && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void appendsInOrderUntilItIsFinished() throws IOException {
    List<Integer> appended = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int number = i;
      queue.add(100, () -> appended.add(number));
    }
    queue.finish();
    assertThat(appended).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
  }

  @Test
  void failureShowsInEveryCallUntilItIsCleared() throws IOException {
    AtomicInteger later = new AtomicInteger();
    IOException full = new IOException("no space left");
    queue.add(1, this::block);
    queue.add(
        1,
        () -> {
          throw full;
        });
    queue.add(1, later::incrementAndGet);
    released.countDown();
    assertThatThrownBy(queue::finish).isSameAs(full);
    assertThatThrownBy(() -> queue.add(1, later::incrementAndGet)).isSameAs(full);
    queue.clear();
    queue.finish();
    assertThat(later).hasValue(0);
    queue.add(1, later::incrementAndGet);
    queue.finish();
    assertThat(later).hasValue(1);
  }

  @Test
  void clearWaitsForTheAppendThatRunsAndDropsTheRest() throws Exception {
    AtomicInteger appended = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    queue.add(1, () -> appended.addAndGet(10));
    queue.add(
        1,
        () -> {
          started.countDown();
          block();
          appended.incrementAndGet();
        });
    queue.add(AppendQueue.GROUP_BYTES, () -> appended.addAndGet(100));
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    queue.add(AppendQueue.GROUP_BYTES, () -> appended.addAndGet(1_000));
    Thread clearing = Thread.currentThread();
    Thread releaser =
        new Thread(
            () -> {
              awaitWaiting(clearing);
              released.countDown();
            });
    releaser.start();
    queue.clear();
    releaser.join();
    queue.finish();
    assertThat(appended).hasValue(11);
  }

  @Test
  void callerWaitsWhileTooManyBytesDo() throws Exception {
    queue.add(1, this::block);
    queue.add(AppendQueue.MAX_BYTES, () -> {});
    AtomicInteger added = new AtomicInteger();
    Thread adder =
        new Thread(
            () -> {
              try {
                queue.add(1, added::incrementAndGet);
              } catch (InterruptedIOException e) {
                added.set(-1);
              } catch (IOException e) {
                added.set(-2);
              }
            });
    adder.start();
    awaitWaiting(adder);
    adder.interrupt();
    adder.join();
    assertThat(added).hasValue(-1);
    released.countDown();
    queue.finish();
    assertThat(added).hasValue(-1);
  }
}
