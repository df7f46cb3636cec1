// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponseQueueTest {
  @TempDir Path directory;

  private ResponseQueue queue(int perResponse, MemoryBudget budget) {
    return new ResponseQueue("x", new SpillOptions(perResponse, 1 << 20, directory), budget);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] takeAll(ResponseQueue queue) throws PeerException {
    ByteBuffer all = ByteBuffer.allocate(1 << 20);
    for (ByteBuffer next = queue.take(); next != null; next = queue.take()) {
      all.put(next);
    }
    byte[] bytes = new byte[all.flip().remaining()];
    all.get(bytes);
    return bytes;
  }

  @Test
  void memoryHoldsNoMoreThanItsBoundAndTheOrderIsKept() throws Exception {
    MemoryBudget budget = new MemoryBudget(1_000_000);
    ResponseQueue queue = queue(10_000, budget);
    byte[] bytes = random(500_000);
    for (int i = 0; i < bytes.length; i += 1000) {
      queue.add(ByteBuffer.wrap(bytes, i, 1000));
      assertThat(budget.left()).isGreaterThanOrEqualTo(990_000);
    }
    assertThat(takeAll(queue)).isEqualTo(bytes);
    assertThat(budget.left()).isEqualTo(1_000_000);
    queue.close();
  }

  @Test
  void anEmptyBudgetSpillsEverything() throws Exception {
    ResponseQueue queue = queue(10_000, new MemoryBudget(0));
    byte[] bytes = random(5_000);
    queue.add(ByteBuffer.wrap(bytes));
    assertThat(takeAll(queue)).isEqualTo(bytes);
    queue.close();
  }

  @Test
  void manySmallPiecesCostMoreThanTheirBytes() throws Exception {
    MemoryBudget budget = new MemoryBudget(1_000_000);
    ResponseQueue queue = queue(10_000, budget);
    for (int i = 0; i < 10_000; i++) {
      queue.add(ByteBuffer.wrap(new byte[] {(byte) i}));
    }
    assertThat(1_000_000 - budget.left()).isLessThanOrEqualTo(10_000);
    assertThat(takeAll(queue)).hasSize(10_000);
    queue.close();
  }

  @Test
  void closingGivesMemoryBackAndDropsWhatStillComes() throws Exception {
    MemoryBudget budget = new MemoryBudget(1_000);
    ResponseQueue queue = queue(10_000, budget);
    queue.add(ByteBuffer.wrap(random(500)));
    queue.close();
    queue.add(ByteBuffer.wrap(random(500)));
    assertThat(budget.left()).isEqualTo(1_000);
    assertThat(queue.isReady()).isTrue();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatCameBeforeAFailureIsTakenFirst() throws Exception {
    ResponseQueue queue = queue(10_000, new MemoryBudget(1_000));
    queue.add(ByteBuffer.wrap(random(5)));
    queue.fail(new TransportException("first", null));
    queue.fail(new TransportException("second", null));
    assertThat(queue.take()).isNotNull();
    assertThatThrownBy(queue::take).isInstanceOf(TransportException.class).hasMessage("first");
  }

  @Test
  void aSpillFileThatWasReadUpBeginsAnew() throws Exception {
    try (SpillFile file = SpillFile.create(directory)) {
      for (int i = 0; i < 100; i++) {
        byte[] bytes = random(1000 + i);
        file.append(ByteBuffer.wrap(bytes));
        assertThat(file.next()).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(file.isEmpty()).isTrue();
        assertThat(file.length()).isZero();
      }
    }
  }
}
