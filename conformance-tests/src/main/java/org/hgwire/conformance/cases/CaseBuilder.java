// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A case, line by line. */
final class CaseBuilder {
  private static final String SERVES = "< serves";

  private final String id;
  private final Macros macros;
  private final ExpectationNotation notation;
  private final List<Need> needs = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private @Nullable RequestBuilder request;
  private @Nullable Citation citation;
  private @Nullable Level level;
  private String title = "";
  private String cause = "";

  CaseBuilder(String id, Macros macros, ExpectationNotation notation) {
    this.id = id;
    this.macros = macros;
    this.notation = notation;
    if (!id.matches("[a-z0-9]+(?:[-/][a-z0-9]+)*")) {
      throw new IllegalArgumentException("this is not the id of a case");
    }
  }

  void add(String line) {
    if (line.startsWith(">")) {
      addRequest(line);
    } else if (line.equals(SERVES)) {
      finishStep();
      addRequest("> GET ?cmd=capabilities");
      expectations.add(notation.parse("status 200"));
    } else if (line.startsWith("< ")) {
      if (request == null) {
        throw new IllegalArgumentException("an expectation follows a request");
      }
      expectations.add(notation.parse(macros.expand(line.substring(2))));
    } else {
      addAttribute(line);
    }
  }

  private void addRequest(String line) {
    if (request == null || !expectations.isEmpty()) {
      finishStep();
      request = new RequestBuilder(line, macros.expand(line));
    } else {
      request.add(line, macros.expand(line));
    }
  }

  private void finishStep() {
    if (request != null) {
      steps.add(new Step(request.build(), request.lines(), expectations));
      expectations.clear();
      request = null;
    }
  }

  private void addAttribute(String line) {
    String[] words = line.split(" ", 2);
    String value = words.length < 2 ? "" : words[1];
    switch (words[0]) {
      case "title" -> title = value;
      case "level" -> level = Level.valueOf(value);
      case "cause" -> cause = value;
      case "text" -> {
        String[] parts = value.split(" ", 2);
        citation = new Citation(parts[0], parts[1]);
      }
      case "needs" -> {
        String[] parts = value.split(" ", 2);
        needs.add(
            new Need(
                Need.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                parts.length < 2 ? "" : parts[1]));
      }
      default -> throw new IllegalArgumentException("there is no attribute " + words[0]);
    }
  }

  ConformanceCase build() {
    finishStep();
    Level known = level;
    if (known == null || title.isEmpty() || cause.isEmpty() || steps.isEmpty()) {
      throw new IllegalArgumentException(
          "the case " + id + " lacks its title, level, cause or requests");
    }
    if (steps.get(steps.size() - 1).expectations().isEmpty()) {
      throw new IllegalArgumentException("the last request of the case " + id + " expects nothing");
    }
    return new ConformanceCase(id, title, known, citation, cause, needs, steps);
  }
}
