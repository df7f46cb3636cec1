// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.util.List;

/** The head of the page: a sentence, the counts of each result, and what the signs mean. */
final class SummarySection {
  /** The order in a bar: what was not run comes last. */
  private static final List<Verdict> IN_BARS =
      List.of(
          Verdict.PASS,
          Verdict.EXPECTED_FAILURE,
          Verdict.FAIL,
          Verdict.UNEXPECTED_PASS,
          Verdict.SKIP,
          Verdict.EXCLUDED);

  private final Markup markup;

  SummarySection(Markup markup) {
    this.markup = markup;
  }

  void write(List<ProfileResults> profiles) {
    markup.element("h1", "Conformance to Mercurial’s wire protocol");
    markup.element("p", sentence(profiles), "class", "lead");
    table(profiles);
    key();
  }

  private static String sentence(List<ProfileResults> profiles) {
    List<Result> results =
        profiles.stream().flatMap(profile -> profile.results().stream()).toList();
    long peers = results.stream().map(Result::peer).distinct().count();
    long cases = profiles.stream().mapToLong(profile -> profile.rows().size()).sum();
    long failures = sum(results, Verdict.FAIL);
    long expected = sum(results, Verdict.EXPECTED_FAILURE);
    long unexpected = sum(results, Verdict.UNEXPECTED_PASS);
    StringBuilder text = new StringBuilder();
    text.append(count(peers, "implementation")).append(", ");
    text.append(count(profiles.size(), "profile")).append(" and ");
    text.append(count(cases, "case")).append(": ");
    text.append(failures == 0 ? "no failure" : count(failures, "failure"));
    if (expected > 0) {
      text.append(", ").append(count(expected, "expected failure"));
    }
    if (unexpected > 0) {
      text.append(", ").append(unexpected);
      text.append(unexpected == 1 ? " unexpected pass" : " unexpected passes");
    }
    return text.append('.').toString();
  }

  private static long sum(List<Result> results, Verdict verdict) {
    return results.stream().mapToLong(result -> result.count(verdict)).sum();
  }

  /** Returns a number and what it counts, such as {@code 2 cases}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private void table(List<ProfileResults> profiles) {
    markup.begin("table", "class", "summary");
    markup.element("caption", "Verdicts of each implementation");
    markup.begin("thead").begin("tr").element("th", "Implementation", "scope", "col");
    for (Verdict verdict : Verdict.values()) {
      markup.element("th", verdict.word(), "scope", "col");
    }
    markup.end().end();
    for (ProfileResults profile : profiles) {
      markup.begin("tbody").begin("tr", "class", "of");
      markup.begin("th", "scope", "rowgroup", "colspan", "" + (1 + Verdict.values().length));
      markup.element("a", profile.name(), "href", "#" + profile.anchor());
      markup.end().end();
      profile.results().forEach(this::row);
      markup.end();
    }
    markup.end().newline();
  }

  private void row(Result result) {
    markup.begin("tr").begin("th", "scope", "row").text(result.peer());
    if (!result.level().isEmpty()) {
      markup.text(" ").element("span", result.level(), "class", "level");
    }
    bar(result);
    markup.end();
    for (Verdict verdict : Verdict.values()) {
      long count = result.count(verdict);
      String style = count == 0 ? "none" : verdict.word();
      markup.element("td", Long.toString(count), "class", style);
    }
    markup.end();
  }

  /** Draws the proportions; the numbers beside it say the same. */
  private void bar(Result result) {
    int width = Math.max(1, result.cases().size());
    markup.begin(
        "svg",
        "class",
        "bar",
        "viewBox",
        "0 0 " + width + " 1",
        "preserveAspectRatio",
        "none",
        "aria-hidden",
        "true");
    long at = 0;
    for (Verdict verdict : IN_BARS) {
      long count = result.count(verdict);
      if (count > 0) {
        markup.begin(
            "rect", "x", "" + at, "width", "" + count, "height", "1", "class", verdict.word());
        markup.end();
        at += count;
      }
    }
    markup.end();
  }

  private void key() {
    markup.begin("details", "class", "key").element("summary", "What the signs mean").begin("dl");
    for (Verdict verdict : Verdict.values()) {
      markup.begin("div").begin("dt");
      markup.element("span", verdict.sign(), "class", "sign " + verdict.word());
      markup.text(" " + verdict.word()).end();
      markup.element("dd", "The implementation " + verdict.meaning() + ".").end();
    }
    markup.end().end();
  }
}
