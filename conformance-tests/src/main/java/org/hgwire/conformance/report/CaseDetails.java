// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

/** What a case sent and received, as plain text. */
final class CaseDetails {
  private CaseDetails() {}

  static String of(ResultCase next) {
    StringBuilder text = new StringBuilder(next.title()).append('\n');
    if (next.citation() != null) {
      text.append(next.citation().document()).append(": ");
      text.append(next.citation().sentence()).append('\n');
    }
    for (ExchangeLines exchange : next.exchanges()) {
      exchange.sent().forEach(line -> text.append(line).append('\n'));
      exchange.received().forEach(line -> text.append(line).append('\n'));
      exchange
          .expected()
          .lines()
          .forEach(line -> text.append("expected: ").append(line).append('\n'));
      if (!exchange.failure().isEmpty()) {
        text.append("but ").append(exchange.failure()).append('\n');
      }
    }
    return VisibleText.lines(text.toString());
  }
}
