// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.util.Comparator;
import java.util.List;

/** The lines of an exchange, with what is wrong in them marked. */
final class ExchangeView {
  private final Markup markup;
  private final ExchangeLines exchange;

  ExchangeView(Markup markup, ExchangeLines exchange) {
    this.markup = markup;
    this.exchange = exchange;
  }

  void write() {
    markup.begin("dl", "class", "exchange");
    lines("Sent", exchange.sent(), Mark.Side.SENT);
    lines("Received", exchange.received(), Mark.Side.RECEIVED);
    prose("Expected", exchange.expected());
    prose("Wrong", exchange.failure());
    markup.end();
  }

  private void prose(String term, String text) {
    if (!text.isEmpty()) {
      markup.element("dt", term).begin("dd", "class", "prose").lines(text).end();
    }
  }

  private void lines(String term, List<String> lines, Mark.Side side) {
    markup.element("dt", term).begin("dd");
    if (lines.isEmpty()) {
      markup.element("p", "nothing", "class", "uncited");
    } else {
      markup.begin("pre");
      for (int number = 0; number < lines.size(); number++) {
        markup.begin("code");
        line(lines.get(number), marks(side, number));
        markup.end().newline();
      }
      markup.end();
    }
    markup.end();
  }

  private List<Mark> marks(Mark.Side side, int number) {
    return exchange.marks().stream()
        .filter(mark -> mark.side() == side && mark.line() == number)
        .sorted(Comparator.comparingInt(Mark::from))
        .toList();
  }

  /** Marks may overlap, and may point past the end of a line that was shortened. */
  private void line(String line, List<Mark> marks) {
    int at = 0;
    for (Mark mark : marks) {
      int from = Math.max(at, Math.min(mark.from(), line.length()));
      int to = Math.min(mark.to(), line.length());
      if (from < to) {
        markup.text(line.substring(at, from)).begin("mark");
        markup.spoken("wrong: ").text(line.substring(from, to)).spoken(" (end)").end();
        at = to;
      }
    }
    markup.text(line.substring(at));
  }
}
