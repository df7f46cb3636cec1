// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.List;
import org.hgwire.conformance.exchange.SentRequest;

/**
 * One request of a case and what is expected of its response.
 *
 * @param request the request; its target is relative as {@link CaseNotation} says
 * @param lines the request in the notation
 * @param expectations what must hold, all of it
 */
public record Step(SentRequest request, List<String> lines, List<Expectation> expectations) {
  /** Copies the lists. */
  public Step {
    lines = List.copyOf(lines);
    expectations = List.copyOf(expectations);
  }
}
