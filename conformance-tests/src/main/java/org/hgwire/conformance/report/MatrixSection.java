// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.report.ProfileResults.Group;
import org.hgwire.conformance.report.ProfileResults.Row;
import org.jspecify.annotations.Nullable;

/**
 * The matrix of a profile: a group of cases can be folded into one line, which says the worst of
 * each implementation in it.
 */
final class MatrixSection {
  /** What a line says of a group, if it occurs. */
  private static final List<Verdict> WORST_FIRST =
      List.of(
          Verdict.FAIL,
          Verdict.UNEXPECTED_PASS,
          Verdict.EXPECTED_FAILURE,
          Verdict.PASS,
          Verdict.SKIP,
          Verdict.EXCLUDED);

  private final Markup markup;
  private final ProfileResults profile;

  MatrixSection(Markup markup, ProfileResults profile) {
    this.markup = markup;
    this.profile = profile;
  }

  void write() {
    markup.begin("div", "class", "heads", "aria-hidden", "true");
    markup.element("span", "Case", "class", "grow");
    for (Result result : profile.results()) {
      markup.begin("span", "class", "head").element("span", result.peer()).end();
    }
    markup.end().newline();
    profile.groups().forEach(this::group);
  }

  private void group(Group group) {
    String style = group.isFailure() ? "group" : "group good";
    if (group.isFailure()) {
      markup.begin("details", "class", style, "open", "");
    } else {
      markup.begin("details", "class", style);
    }
    markup.begin("summary").begin("span", "class", "grow").element("b", group.name()).text(" ");
    markup.element("span", SummarySection.count(group.rows().size(), "case"), "class", "size");
    markup.end();
    for (int column = 0; column < profile.results().size(); column++) {
      fold(group, column);
    }
    markup.end();
    table(group);
    markup.end().newline();
  }

  private void fold(Group group, int column) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = group.count(column, verdict);
      if (count > 0) {
        counts.add(count + " " + verdict.word());
      }
    }
    String said =
        profile.results().get(column).peer()
            + ": "
            + (counts.isEmpty() ? "no case" : String.join(", ", counts))
            + ". ";
    Verdict worst =
        WORST_FIRST.stream()
            .filter(verdict -> group.count(column, verdict) > 0)
            .findFirst()
            .orElse(null);
    markup.begin("span", "class", "cell");
    if (worst != null) {
      markup.begin("span", "class", "sign " + worst.word(), "aria-hidden", "true");
      markup.text(worst.isFailure() ? worst.sign() + group.count(column, worst) : worst.sign());
      markup.end();
    }
    markup.spoken(said).end();
  }

  private void table(Group group) {
    markup.begin("table", "class", "matrix");
    markup.element("caption", profile.name() + ", " + group.name(), "class", "spoken");
    markup.begin("colgroup").begin("col");
    profile.results().forEach(result -> markup.begin("col", "class", "cell"));
    markup.end().begin("thead").begin("tr");
    markup.begin("th", "scope", "col").spoken("Case").end();
    profile
        .results()
        .forEach(result -> markup.begin("th", "scope", "col").spoken(result.peer()).end());
    markup.end().end().begin("tbody");
    group.rows().forEach(this::row);
    markup.end().end();
  }

  private void row(Row row) {
    ResultCase sample = row.sample();
    markup.begin("tr", "class", row.isFailure() ? "case" : "case good");
    markup.begin("th", "scope", "row").begin("code");
    if (!sample.group().equals(sample.id())) {
      markup.spoken(sample.group() + "/");
    }
    markup.text(sample.name()).end();
    level(markup, sample);
    if (!sample.title().isEmpty()) {
      markup.element("span", sample.title(), "class", "title");
    }
    markup.end();
    for (int column = 0; column < row.cells().size(); column++) {
      cell(row.cells().get(column), row.anchor(column));
    }
    markup.end().newline();
  }

  /** Writes the level of a case, if it has one. */
  static void level(Markup markup, ResultCase sample) {
    if (!sample.level().isEmpty()) {
      markup.text(" ").element("span", sample.level(), "class", "level");
    }
  }

  private void cell(@Nullable ResultCase cell, String anchor) {
    markup.begin("td", "class", "cell");
    if (cell == null) {
      markup.spoken("not in this result");
    } else if (cell.result().isFailure()) {
      markup.begin("a", "href", "#" + anchor);
      sign(cell.result());
      markup.end();
    } else {
      sign(cell.result());
    }
    markup.end();
  }

  private void sign(Verdict verdict) {
    markup.element(
        "span", verdict.sign(), "class", "sign " + verdict.word(), "aria-hidden", "true");
    markup.spoken(verdict.word());
  }
}
