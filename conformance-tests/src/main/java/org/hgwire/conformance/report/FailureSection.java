// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.util.List;
import org.hgwire.conformance.cases.Citation;
import org.hgwire.conformance.report.ProfileResults.Row;
import org.jspecify.annotations.Nullable;

/** The cases of a profile that failed: the sentence, and what each implementation did instead. */
final class FailureSection {
  private final Markup markup;
  private final ProfileResults profile;

  FailureSection(Markup markup, ProfileResults profile) {
    this.markup = markup;
    this.profile = profile;
  }

  void write() {
    List<Row> rows = profile.rows().stream().filter(Row::isFailure).toList();
    if (rows.isEmpty()) {
      markup.element("p", "No case of this profile failed.", "class", "none-failed");
      return;
    }
    markup.element("h3", "What failed in " + profile.name());
    rows.forEach(this::row);
  }

  private void row(Row row) {
    ResultCase sample = row.sample();
    markup.begin("article", "aria-labelledby", row.anchor());
    markup.begin("h4", "id", row.anchor()).element("code", sample.id());
    MatrixSection.level(markup, sample);
    markup.end();
    if (!sample.title().isEmpty()) {
      markup.element("p", sample.title(), "class", "title");
    }
    citation(sample.citation());
    for (int column = 0; column < row.cells().size(); column++) {
      ResultCase cell = row.cells().get(column);
      if (cell != null && cell.result().isFailure()) {
        failure(profile.results().get(column).peer(), cell, row.anchor(column));
      }
    }
    markup.end().newline();
  }

  private void citation(@Nullable Citation citation) {
    if (citation == null) {
      markup.element("p", "About robustness: no text of the protocol says it.", "class", "uncited");
      return;
    }
    markup.begin("figure").begin("blockquote").begin("p").lines(citation.sentence()).end().end();
    markup.begin("figcaption").element("cite", citation.document()).end().end();
  }

  private void failure(String peer, ResultCase cell, String anchor) {
    Verdict verdict = cell.result();
    markup.begin("details", "class", "failure").begin("summary");
    markup.element(
        "span", verdict.sign(), "class", "sign " + verdict.word(), "aria-hidden", "true");
    markup.text(" ").element("b", peer).text(" ");
    markup.element("span", verdict.word(), "class", "word " + verdict.word());
    if (!cell.reason().isEmpty()) {
      markup.text(" ").begin("span", "class", "reason").lines(cell.reason()).end();
    }
    markup.end();
    markup.begin("div", "id", anchor, "class", "exchanges", "tabindex", "-1");
    if (!cell.cause().isEmpty()) {
      markup.begin("p").element("b", "Likely cause.").text(" ").lines(cell.cause()).end();
    }
    int number = 1;
    for (ExchangeLines exchange : cell.exchanges()) {
      if (cell.exchanges().size() > 1) {
        markup.element("h5", "Exchange " + number++ + " of " + cell.exchanges().size());
      }
      new ExchangeView(markup, exchange).write();
    }
    if (cell.exchanges().isEmpty()) {
      markup.element("p", "The result has no record of what was sent.", "class", "uncited");
    }
    markup.end().end();
  }
}
