// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import org.hgwire.conformance.scripted.RequestRule;
import org.hgwire.conformance.scripted.ScriptedExchange;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a client.
 *
 * @param text the expectation in the notation
 * @param condition what must hold
 */
public record ClientExpectation(String text, Condition condition) {
  private static final String KEEPS = "keeps ";

  /** Something that a run of a client is or is not. */
  @FunctionalInterface
  public interface Condition {
    /** Returns how {@code run} differs from what is expected, in a few words, or null. */
    @Nullable String mismatch(ClientRun run);
  }

  /**
   * Reads an expectation.
   *
   * @throws IllegalArgumentException if it is not in the notation
   */
  static ClientExpectation parse(String text) {
    if (text.startsWith(KEEPS)) {
      RequestRule rule = RequestRule.named(text.substring(KEEPS.length()));
      return new ClientExpectation(text, run -> keeps(rule, run));
    }
    return switch (text) {
      case "succeeds" -> new ClientExpectation(text, ClientExpectation::succeeds);
      case "fails" -> new ClientExpectation(text, ClientExpectation::fails);
      case "follows" -> new ClientExpectation(text, ClientExpectation::follows);
      case "rejects" -> new ClientExpectation(text, ClientExpectation::rejects);
      case "ends" -> new ClientExpectation(text, ClientExpectation::ends);
      default -> throw new IllegalArgumentException("there is no expectation " + text);
    };
  }

  /**
   * Returns whether requests are to keep a rule: if they break it, that counts whatever the client
   * got.
   */
  public boolean isRule() {
    return text.startsWith(KEEPS);
  }

  /** Returns how {@code run} differs from what is expected, or null if it is as expected. */
  public @Nullable String mismatch(ClientRun run) {
    return condition.mismatch(run);
  }

  private static @Nullable String ends(ClientRun run) {
    if (run.exit() == null) {
      return "the client did not end in time";
    }
    return run.isCrash()
        ? "the client crashed, its exit status is " + run.exit() + said(run)
        : null;
  }

  private static @Nullable String succeeds(ClientRun run) {
    String unended = ends(run);
    if (unended != null) {
      return unended;
    }
    return run.isSuccess() ? null : "the client ended with " + run.exit() + said(run);
  }

  private static @Nullable String fails(ClientRun run) {
    return run.isSuccess()
        ? "the client ended with 0, as if nothing were wrong" + said(run)
        : ends(run);
  }

  private static @Nullable String follows(ClientRun run) {
    String failed = succeeds(run);
    if (failed != null) {
      return failed;
    }
    return run.redirected().isEmpty() || !run.inlined().isEmpty()
        ? "the client requested the response again, inline, although it offered to follow"
        : null;
  }

  private static @Nullable String rejects(ClientRun run) {
    return run.isSuccess() && !run.redirected().isEmpty()
        ? "the client took what it was redirected to, as if nothing were wrong" + said(run)
        : ends(run);
  }

  private static String said(ClientRun run) {
    return run.output().isBlank() ? "" : ": " + run.output();
  }

  private static @Nullable String keeps(RequestRule rule, ClientRun run) {
    for (ScriptedExchange exchange : run.exchanges()) {
      String broken = rule.broken(exchange.request());
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }
}
