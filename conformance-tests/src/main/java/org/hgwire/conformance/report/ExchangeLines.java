// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.util.List;

/**
 * What was sent and received once in a case, in the notation of {@link
 * org.hgwire.conformance.transcript.Transcript}.
 *
 * @param sent the lines that the suite sent
 * @param received the lines that the peer sent
 * @param expected what was expected, or empty
 * @param failure what was wrong, or empty
 * @param marks where it was wrong
 */
public record ExchangeLines(
    List<String> sent, List<String> received, String expected, String failure, List<Mark> marks) {
  /** Copies the lists. */
  public ExchangeLines {
    sent = List.copyOf(sent);
    received = List.copyOf(received);
    marks = List.copyOf(marks);
  }
}
