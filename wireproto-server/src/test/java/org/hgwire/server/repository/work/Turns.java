// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.work;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Does work in turns of a few steps, and counts them. */
public final class Turns {
  private static final int STEPS = 3;

  private long turns;

  /** Returns the result of {@code work}. */
  public static <T> T finish(Work<T> work) {
    return new Turns().resultOf(work);
  }

  /** Returns the result of {@code work}, and counts its turns. */
  public <T> T resultOf(Work<T> work) {
    Steps steps =
        new Steps(
            STEPS,
            Long.MAX_VALUE,
            () -> new IllegalStateException("there is no end of steps"),
            () -> 0);
    try (work) {
      T result = null;
      while (result == null) {
        turns++;
        steps.beginTurn();
        result = work.advance(steps);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many steps were taken at most. */
  public long steps() {
    return turns * STEPS;
  }
}
