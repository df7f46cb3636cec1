// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ByteBudgetTest {
  @Test
  void takesAllOrNothing() {
    ByteBudget budget = new ByteBudget(100);
    assertThat(budget.tryTake(60)).isTrue();
    assertThat(budget.tryTake(41)).isFalse();
    assertThat(budget.tryTake(40)).isTrue();
    budget.give(100);
    assertThat(budget.taken()).isZero();
  }

  @Test
  void takesWhatIsLeft() {
    ByteBudget budget = new ByteBudget(100);
    assertThat(budget.takeUpTo(60)).isEqualTo(60);
    assertThat(budget.takeUpTo(60)).isEqualTo(40);
    assertThat(budget.takeUpTo(60)).isZero();
  }

  @Test
  void neverTakesMoreThanThereIsWhateverTheThreads() {
    ByteBudget budget = new ByteBudget(1_000);
    long taken = IntStream.range(0, 5_000).parallel().filter(i -> budget.tryTake(3)).count();
    assertThat(taken).isEqualTo(333);
    assertThat(budget.taken()).isEqualTo(999);
  }

  @Test
  void unlimitedSuffices() {
    assertThat(ByteBudget.unlimited().tryTake(Long.MAX_VALUE / 2)).isTrue();
  }
}
