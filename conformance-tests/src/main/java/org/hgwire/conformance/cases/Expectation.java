// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FaultPlace;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a response: at least one of some conditions.
 *
 * @param text the expectation in the notation
 * @param alternatives the conditions
 */
public record Expectation(String text, List<Condition> alternatives) {
  /** Copies the list. */
  public Expectation {
    alternatives = List.copyOf(alternatives);
  }

  /** Returns how {@code answer} differs from all that is expected, or null if it is as expected. */
  public @Nullable String mismatch(ServerAnswer answer) {
    List<String> mismatches =
        alternatives.stream().map(condition -> String.valueOf(condition.mismatch(answer))).toList();
    return mismatches.contains("null")
        ? null
        : mismatches.stream().distinct().collect(Collectors.joining("; and "));
  }

  /**
   * Returns whether a redirect is expected, and nothing else would do, of which the peer chose to
   * respond inline: "If the client advertises support for a redirect target, the server MAY
   * substitute the normal, inline response data" (wireprotocolrpc, Content Redirects).
   */
  public boolean isLeftToThePeer(ServerAnswer answer) {
    if (!text.startsWith(RedirectConditions.REDIRECTS) || alternatives.size() > 1) {
      return false;
    }
    int request = Integer.parseInt(text.substring(RedirectConditions.REDIRECTS.length()));
    return CommandConditions.sound(answer, request, CommandResponse::incomplete) == null;
  }

  /** Returns where {@code answer} differs from what is expected, as far as that is known. */
  public List<FaultPlace> places(ServerAnswer answer) {
    return alternatives.stream()
        .flatMap(condition -> condition.places(answer).stream())
        .distinct()
        .toList();
  }

  /** Something that a response is or is not. */
  @FunctionalInterface
  public interface Condition {
    /** Returns how {@code answer} differs from what is expected, in a few words, or null. */
    @Nullable String mismatch(ServerAnswer answer);

    /**
     * Returns where an {@code answer} that is not as expected differs, or nothing if that is not
     * known.
     */
    default List<FaultPlace> places(ServerAnswer answer) {
      return List.of();
    }

    /** Returns the same condition, which knows where an answer differs. */
    default Condition at(Function<ServerAnswer, List<FaultPlace>> places) {
      return new PlacedCondition(this, places);
    }
  }

  /** A condition that knows where an answer differs. */
  private record PlacedCondition(
      Condition condition, Function<ServerAnswer, List<FaultPlace>> places) implements Condition {
    @Override
    public @Nullable String mismatch(ServerAnswer answer) {
      return condition.mismatch(answer);
    }

    @Override
    public List<FaultPlace> places(ServerAnswer answer) {
      return places.apply(answer);
    }
  }
}
