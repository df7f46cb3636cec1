// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.work;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done in turns. Each takes as many steps as it may, and then the work rests until the
 * next call of {@link #advance}. Used by one thread at a time, not always the same.
 *
 * @param <T> the result
 */
public interface Work<T> extends AutoCloseable {
  /**
   * A part of the work: one step, or what makes the next work of a result.
   *
   * @param <T> what it needs
   * @param <U> what it returns
   */
  @FunctionalInterface
  interface Part<T, U> {
    /**
     * Does this part.
     *
     * @throws IOException if the repository cannot be read
     */
    U of(T input) throws IOException;
  }

  /**
   * One step of the work.
   *
   * @param <T> what it looks at
   */
  @FunctionalInterface
  interface Step<T> {
    /**
     * Takes the step.
     *
     * @throws IOException if the repository cannot be read
     */
    void at(T item) throws IOException;
  }

  /**
   * Takes steps until the work is done or the turn is over.
   *
   * @return the result, or null if the work is not done. It is not called again after the result
   * @throws IOException if the repository cannot be read
   */
  @Nullable T advance(Steps steps) throws IOException;

  /** Frees what the work holds. Called once, whether it is done or not. */
  @Override
  default void close() throws IOException {}

  /** Returns work that is done. */
  static <T> Work<T> done(T result) {
    return steps -> result;
  }

  /** Returns this work, followed by the one that {@code next} makes of the result. */
  default <U> Work<U> then(Part<T, Work<U>> next) {
    return new FollowedWork<>(this, next);
  }

  /** Returns this work with another result: what {@code part} makes of this one's. */
  default <U> Work<U> map(Part<T, U> part) {
    return then(result -> done(part.of(result)));
  }

  /** Returns the work of a step for each item. */
  static <S, T> Work<T> each(Iterator<S> items, Step<S> step, T result) {
    return steps -> {
      while (items.hasNext()) {
        if (!steps.take()) {
          return null;
        }
        step.at(items.next());
      }
      return result;
    };
  }

  /** Returns the work that is made for each item, and one step more for each. */
  static <S, T> Work<T> inTurn(Iterator<S> items, Part<S, Work<?>> part, T result) {
    return new WorkInTurn<>(items, part, result);
  }

  /** Returns the work that is made for each {@code size} items, and one step more for each. */
  static <S, T> Work<T> inBatches(List<S> items, int size, Part<List<S>, Work<?>> part, T result) {
    return inTurn(
        IntStream.iterate(0, start -> start < items.size(), start -> start + size)
            .mapToObj(start -> items.subList(start, Math.min(items.size(), start + size)))
            .iterator(),
        part,
        result);
  }
}
