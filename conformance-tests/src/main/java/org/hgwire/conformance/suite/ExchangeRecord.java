// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a case as it went, in the notation of {@link
 * org.hgwire.conformance.transcript.Transcript}.
 *
 * @param sent the lines of the request
 * @param received the lines of the response; long bodies are cut
 * @param expected what was expected, a line each
 * @param failure how the response differs, or null if it does not
 * @param marks where in the response that is seen
 */
public record ExchangeRecord(
    List<String> sent,
    List<String> received,
    List<String> expected,
    @Nullable String failure,
    List<Mark> marks) {
  /** Copies the lists. */
  public ExchangeRecord {
    sent = List.copyOf(sent);
    received = List.copyOf(received);
    expected = List.copyOf(expected);
    marks = List.copyOf(marks);
  }
}
