// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.WireErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponseQueueTest {
  @TempDir Path directory;

  private static long left(ByteBudget budget) {
    return budget.size() - budget.taken();
  }

  private ResponseQueue queue(int perResponse, ByteBudget budget) {
    return queue(perResponse, budget, new ByteBudget(1 << 30));
  }

  private ResponseQueue queue(int perResponse, ByteBudget budget, ByteBudget disk) {
    SpillOptions options = new SpillOptions(perResponse, 1 << 20, 1 << 30, directory);
    return new ResponseQueue("x", options, budget, disk);
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
    ByteBudget budget = new ByteBudget(1_000_000);
    ResponseQueue queue = queue(10_000, budget);
    byte[] bytes = random(500_000);
    for (int i = 0; i < bytes.length; i += 1000) {
      queue.add(ByteBuffer.wrap(bytes, i, 1000));
      assertThat(left(budget)).isGreaterThanOrEqualTo(990_000);
    }
    assertThat(takeAll(queue)).isEqualTo(bytes);
    assertThat(left(budget)).isEqualTo(1_000_000);
    queue.close();
  }

  @Test
  void anEmptyBudgetSpillsEverything() throws Exception {
    ResponseQueue queue = queue(10_000, new ByteBudget(0));
    byte[] bytes = random(5_000);
    queue.add(ByteBuffer.wrap(bytes));
    assertThat(takeAll(queue)).isEqualTo(bytes);
    queue.close();
  }

  @Test
  void manySmallPiecesCostMoreThanTheirBytes() throws Exception {
    ByteBudget budget = new ByteBudget(1_000_000);
    ResponseQueue queue = queue(10_000, budget);
    for (int i = 0; i < 10_000; i++) {
      queue.add(ByteBuffer.wrap(new byte[] {(byte) i}));
    }
    assertThat(1_000_000 - left(budget)).isLessThanOrEqualTo(10_000);
    assertThat(takeAll(queue)).hasSize(10_000);
    queue.close();
  }

  @Test
  void closingGivesMemoryBackAndDropsWhatStillComes() throws Exception {
    ByteBudget budget = new ByteBudget(1_000);
    ResponseQueue queue = queue(10_000, budget);
    queue.add(ByteBuffer.wrap(random(500)));
    queue.close();
    queue.add(ByteBuffer.wrap(random(500)));
    assertThat(left(budget)).isEqualTo(1_000);
    assertThat(queue.isReady()).isTrue();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatCameBeforeAFailureIsTakenFirst() throws Exception {
    ResponseQueue queue = queue(10_000, new ByteBudget(1_000));
    queue.add(ByteBuffer.wrap(random(5)));
    queue.fail(new TransportException("first", null));
    queue.fail(new TransportException("second", null));
    assertThat(queue.take()).isNotNull();
    assertThatThrownBy(queue::take).isInstanceOf(TransportException.class).hasMessage("first");
  }

  @Test
  void spillFileThatWasReadUpIsReused() throws Exception {
    ByteBudget disk = new ByteBudget(1_500);
    ResponseQueue queue = queue(0, new ByteBudget(0), disk);
    for (int i = 0; i < 100; i++) {
      byte[] bytes = random(1000 + i);
      queue.add(ByteBuffer.wrap(bytes));
      assertThat(left(disk)).isEqualTo(1_500 - bytes.length);
      assertThat(queue.take()).isEqualTo(ByteBuffer.wrap(bytes));
      assertThat(left(disk)).isEqualTo(1_500);
    }
    queue.close();
  }

  @Test
  void spillFileTakesAllOfItsBudgetAndNotAByteMore() throws Exception {
    ByteBudget disk = new ByteBudget(1_000);
    ResponseQueue other = queue(0, new ByteBudget(0), disk);
    other.add(ByteBuffer.wrap(random(400)));
    ResponseQueue queue = queue(0, new ByteBudget(0), disk);
    queue.add(ByteBuffer.wrap(random(600)));
    assertThat(queue.isDone()).isFalse();
    queue.add(ByteBuffer.wrap(random(1)));
    assertThat(queue.isDone()).isTrue();
    queue.add(ByteBuffer.wrap(random(700)));
    assertThat(queue.take()).isEqualTo(ByteBuffer.wrap(random(600)));
    PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, queue::take);
    assertThat(e.fault().code()).isEqualTo(WireErrorCode.LIMIT);
    assertThat(other.take()).isEqualTo(ByteBuffer.wrap(random(400)));
    assertThat(left(disk)).isEqualTo(1_000);
    queue.close();
    other.close();
  }

  @Test
  void droppedSpillFileGivesItsBudgetBack() throws Exception {
    ByteBudget disk = new ByteBudget(1_000);
    ResponseQueue queue = queue(0, new ByteBudget(0), disk);
    queue.add(ByteBuffer.wrap(random(900)));
    assertThat(left(disk)).isEqualTo(100);
    queue.restart();
    assertThat(left(disk)).isEqualTo(1_000);
    queue.add(ByteBuffer.wrap(random(900)));
    queue.close();
    assertThat(left(disk)).isEqualTo(1_000);
  }
}
