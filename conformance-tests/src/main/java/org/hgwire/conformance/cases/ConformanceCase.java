// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule for servers, and how it is tested.
 *
 * @param id its name for ever, such as {@code frame/request-id-even}
 * @param title what a peer does that keeps the rule
 * @param level how much it asks for
 * @param citation the sentence that it tests, or null if the text has none
 * @param cause why a peer probably breaks it
 * @param needs what a peer must have for it to be run
 * @param steps the requests, each on a connection of its own
 */
public record ConformanceCase(
    String id,
    String title,
    Level level,
    @Nullable Citation citation,
    String cause,
    List<Need> needs,
    List<Step> steps)
    implements SuiteCase {
  /** Copies the lists. */
  public ConformanceCase {
    needs = List.copyOf(needs);
    steps = List.copyOf(steps);
  }
}
