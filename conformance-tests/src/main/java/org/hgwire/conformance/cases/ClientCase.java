// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.List;
import org.hgwire.conformance.scripted.Alteration;
import org.jspecify.annotations.Nullable;

/**
 * One rule for clients, and how it is tested: a client clones a repository whose server is right in
 * everything but the alterations.
 *
 * @param id its name for ever, such as {@code client/frame/both-flags}
 * @param title what a client does that keeps the rule
 * @param level how much it asks for
 * @param citation the sentence that it tests, or null if the text has none
 * @param cause why a client probably breaks it
 * @param alterations how responses differ from right ones
 * @param expectations what must hold, all of it
 */
public record ClientCase(
    String id,
    String title,
    Level level,
    @Nullable Citation citation,
    String cause,
    List<Alteration> alterations,
    List<ClientExpectation> expectations)
    implements SuiteCase {
  /** Copies the lists. */
  public ClientCase {
    alterations = List.copyOf(alterations);
    expectations = List.copyOf(expectations);
  }
}
