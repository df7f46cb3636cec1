// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Numbers of changesets, four bytes each. */
final class Numbers {
  private int[] numbers = new int[2];
  private int size;

  /** Returns one number. */
  static Numbers of(int number) {
    Numbers numbers = new Numbers();
    numbers.add(number);
    return numbers;
  }

  /** Returns the number that was added last; there is one. */
  int last() {
    return numbers[size - 1];
  }

  void add(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  Iterator<Integer> iterator() {
    return IntStream.range(0, size).map(i -> numbers[i]).iterator();
  }
}
