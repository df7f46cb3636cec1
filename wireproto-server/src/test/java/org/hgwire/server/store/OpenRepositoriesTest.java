// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hgwire.server.repository.RepositorySnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OpenRepositoriesTest {
  @TempDir Path directory;
  private final FakeDisk disk = new FakeDisk();
  private long now;

  private OpenRepositories<FakeDisk.Opened> open(int max) {
    return new OpenRepositories<>(disk, max, () -> now);
  }

  private RepositoryLocation location(String name) {
    return new RepositoryLocation(directory.resolve(name), null, ShareSources.ANY);
  }

  private SharedRepository<FakeDisk.Opened> shared(
      OpenRepositories<FakeDisk.Opened> open, String name) {
    return new SharedRepository<>(open, location(name));
  }

  @Test
  void theLeastRecentlyUsedOneGivesWay() throws IOException {
    try (OpenRepositories<FakeDisk.Opened> open = open(2)) {
      for (String name : List.of("a", "b", "a", "c", "a", "b")) {
        shared(open, name).check();
      }
    }
    assertThat(disk.openings).containsExactly("a", "b", "c", "b");
    assertThat(disk.open).hasValue(0);
  }

  @Test
  void whatIsInUseDoesNotGiveWay() throws IOException {
    try (OpenRepositories<FakeDisk.Opened> open = open(2)) {
      RepositorySnapshot a = shared(open, "a").snapshot();
      RepositorySnapshot b = shared(open, "b").snapshot();
      assertThatIOException()
          .isThrownBy(() -> shared(open, "c").check())
          .withMessageContaining("max-open-repositories");
      b.close();
      b.close();
      shared(open, "c").check();
      assertThat(a.changesets().count()).isZero();
      a.close();
    }
    assertThat(disk.maxOpen).hasValue(2);
    assertThat(disk.open).hasValue(0);
  }

  @Test
  void onlyWhatWasUnusedForLongIsClosed() throws IOException {
    try (OpenRepositories<FakeDisk.Opened> open = open(10)) {
      shared(open, "a").check();
      RepositorySnapshot b = shared(open, "b").snapshot();
      now = 50;
      shared(open, "c").check();
      now = 100;
      open.closeUnused(100);
      assertThat(open.count()).isEqualTo(2);
      open.closeUnused(50);
      assertThat(open.count()).isEqualTo(1);
      b.close();
    }
  }

  @Test
  void aSnapshotOutlivesTheCloseOfTheOthers() throws IOException {
    OpenRepositories<FakeDisk.Opened> open = open(10);
    RepositorySnapshot a = shared(open, "a").snapshot();
    open.close();
    assertThat(disk.open).hasValue(1);
    assertThatIOException().isThrownBy(() -> shared(open, "b").snapshot());
    a.close();
    assertThat(disk.open).hasValue(0);
  }

  @Test
  void callersAtTheSameTimeShareOneOpening() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    disk.whileOpening =
        () -> {
          opening.countDown();
          await(proceed);
        };
    ExecutorService threads = Executors.newFixedThreadPool(9);
    try (OpenRepositories<FakeDisk.Opened> open = open(10)) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(threads.submit(() -> call(shared(open, "slow"))));
      }
      opening.await();
      disk.whileOpening = () -> {};
      threads.submit(() -> call(shared(open, "other"))).get(); // does not wait for the slow one
      proceed.countDown();
      for (Future<?> caller : callers) {
        caller.get();
      }
      assertThat(disk.openings).containsExactly("slow", "other");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void manyThreadsNeitherExceedTheBoundNorUseWhatIsClosed() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Files.createDirectories(directory.resolve("r7/.hg"));
    Files.createFile(directory.resolve("r7/.hg/damaged"));
    try (OpenRepositories<FakeDisk.Opened> open = open(5)) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random random = new Random(i);
        callers.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < 5_000; j++) {
                    int name = random.nextInt(8);
                    if (name == 7) {
                      assertThatIOException().isThrownBy(() -> shared(open, "r7").check());
                    } else {
                      call(shared(open, "r" + name));
                    }
                    if (j % 100 == 0) {
                      open.closeUnused(0);
                    }
                  }
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      assertThat(disk.maxOpen.get()).isBetween(2, 5);
    } finally {
      threads.shutdownNow();
    }
    assertThat(disk.open).hasValue(0);
  }

  private static void call(SharedRepository<FakeDisk.Opened> repository) {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      assertThat(snapshot.changesets().count()).isZero();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
