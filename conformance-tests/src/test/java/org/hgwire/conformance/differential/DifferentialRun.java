// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;

/**
 * Gives generated inputs to two peers, and stops at the first difference that no explanation is
 * for, which it makes small.
 *
 * @param <I> the inputs
 * @param <C> what the peers made of one
 */
final class DifferentialRun<I, C extends Comparison> {
  /** Bounds the time that it takes to make a difference small. */
  private static final Duration MAX_SHRINKING = Duration.ofSeconds(30);

  /** How often jqwik says that it will ask: what it makes does not depend on it much. */
  private static final int TRIES = 1000;

  private final Peers<I, C> peers;
  private final List<? extends Explanation<C>> explanations;
  private final Tally tally = new Tally();

  DifferentialRun(Peers<I, C> peers, List<? extends Explanation<C>> explanations) {
    this.peers = peers;
    this.explanations = explanations;
  }

  /**
   * Runs all rounds.
   *
   * @throws AssertionError at the first difference that is not explained
   */
  Tally run(Rounds rounds) throws IOException, InterruptedException {
    JqwikSession.start();
    try {
      RandomGenerator<I> inputs = peers.inputs().generator(TRIES, false);
      while (rounds.hasNext()) {
        round(inputs.next(rounds.next()).value(), rounds);
      }
    } finally {
      JqwikSession.finish();
    }
    tally.end(rounds.took());
    return tally;
  }

  private void round(I input, Rounds rounds) throws IOException, InterruptedException {
    C comparison = peers.compare(input);
    if (comparison.isEqual()) {
      tally.addAlike(comparison.size());
      return;
    }
    Explanation<C> explanation = explanation(comparison);
    if (explanation == null) {
      throw new AssertionError(
          "a difference that is not explained, again with " + rounds + "\n" + small(input));
    }
    tally.add(explanation);
  }

  private @Nullable Explanation<C> explanation(C comparison) {
    for (Explanation<C> each : explanations) {
      if (each.explains(comparison)) {
        return each;
      }
    }
    return null;
  }

  private boolean isUnexplained(C comparison) {
    return !comparison.isEqual() && explanation(comparison) == null;
  }

  /** Takes away as long as an unexplained difference is left. */
  private C small(I input) throws IOException, InterruptedException {
    C smallest = peers.compare(input);
    List<I> candidates = peers.smaller(input);
    int at = 0;
    long end = System.nanoTime() + MAX_SHRINKING.toNanos();
    while (at < candidates.size() && System.nanoTime() < end) {
      I candidate = candidates.get(at++);
      C comparison = peers.compare(candidate);
      if (isUnexplained(comparison)) {
        smallest = comparison;
        candidates = peers.smaller(candidate);
        at = 0;
      }
    }
    return smallest;
  }
}
