// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import org.hgwire.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class StoreLockTest {
  private static final String SELF = LockHolder.self().text();
  private static final String WHERE = SELF.substring(0, SELF.lastIndexOf(':'));

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("lock");
  }

  @Test
  void isLinkThatNamesItsHolder() throws IOException {
    try (StoreLock lock = StoreLock.acquire(file, soon())) {
      assertThat(lock).isNotNull();
      assertThat(Files.readSymbolicLink(file).toString())
          .isEqualTo(SELF)
          .endsWith(":" + ProcessHandle.current().pid());
    }
    assertThat(isLocked()).isFalse();
  }

  @Test
  void excludesAnotherOfTheSameProcess() throws IOException {
    try (StoreLock lock = StoreLock.acquire(file, soon())) {
      assertThatThrownBy(() -> StoreLock.acquire(file, soon()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(SELF)
          .extracting(e -> ((StoreException) e).kind())
          .isEqualTo(StoreException.Kind.LOCKED);
      assertThat(lock).isNotNull();
      assertThat(isLocked()).isTrue();
    }
  }

  @Test
  void isWaitedFor() throws Exception {
    StoreLock lock = StoreLock.acquire(file, soon());
    Thread waiting =
        new Thread(
            () -> {
              try {
                StoreLock.acquire(file, StoreLock.deadline(Duration.ofSeconds(20))).close();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    waiting.start();
    waiting.join(100);
    assertThat(waiting.isAlive()).isTrue();
    lock.close();
    waiting.join();
    assertThat(isLocked()).isFalse();
  }

  @Test
  void thatOfDeadProcessIsBroken() throws IOException {
    Files.createSymbolicLink(file, Path.of(WHERE + ":4194305"));
    StoreLock.acquire(file, soon()).close();
    assertThat(isLocked()).isFalse();
    assertThat(directory.resolve("lock.break")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"elsewhere:4194305", "%s/1:4194305", "%s:0", "%s:x", "%s", "%s:-1", "%s:1"})
  void thatOfProcessThatMayRunIsNotBroken(String holder) throws IOException {
    Files.createSymbolicLink(file, Path.of(String.format(holder, WHERE)));
    assertThatThrownBy(() -> StoreLock.acquire(file, soon())).isInstanceOf(StoreException.class);
    assertThat(isLocked()).isTrue();
  }

  @Test
  void thatAnotherProcessBreaksIsLeftToIt() throws IOException {
    Files.createSymbolicLink(file, Path.of(WHERE + ":4194305"));
    Files.createSymbolicLink(directory.resolve("lock.break"), Path.of(WHERE + ":1"));
    assertThatThrownBy(() -> StoreLock.acquire(file, soon())).isInstanceOf(StoreException.class);
    assertThat(isLocked()).isTrue();
  }

  @Test
  void thatAnotherHasTakenMeanwhileIsNotReleased() throws IOException {
    StoreLock lock = StoreLock.acquire(file, soon());
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("elsewhere:1"));
    lock.close();
    assertThat(isLocked()).isTrue();
  }

  @Test
  void waitingIsInterrupted() throws IOException {
    Files.createSymbolicLink(file, Path.of("elsewhere:1"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> StoreLock.acquire(file, StoreLock.deadline(Duration.ofSeconds(20))))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private boolean isLocked() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static long soon() {
    return StoreLock.deadline(Duration.ofMillis(50));
  }
}
