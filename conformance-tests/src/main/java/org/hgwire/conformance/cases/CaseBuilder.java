// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A case, line by line. */
final class CaseBuilder implements CaseFile.Lines<ConformanceCase> {
  private static final String SERVES = "< serves";
  private static final String NEEDS = "needs ";

  private final CaseAttributes attributes;
  private final Macros macros;
  private final ExpectationNotation notation;
  private final List<Need> needs = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private @Nullable RequestBuilder request;

  CaseBuilder(String id, Macros macros, ExpectationNotation notation) {
    attributes = new CaseAttributes(id);
    this.macros = macros;
    this.notation = notation;
  }

  @Override
  public void add(String line) {
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
    } else if (line.startsWith(NEEDS)) {
      String[] parts = line.substring(NEEDS.length()).split(" ", 2);
      needs.add(
          new Need(
              Need.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
              parts.length < 2 ? "" : parts[1]));
    } else if (!attributes.add(line)) {
      throw new IllegalArgumentException("there is no attribute " + line);
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

  @Override
  public ConformanceCase build() {
    finishStep();
    Level level = attributes.requireLevel();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("the case " + attributes.id() + " lacks its requests");
    }
    if (steps.get(steps.size() - 1).expectations().isEmpty()) {
      throw new IllegalArgumentException(
          "the last request of the case " + attributes.id() + " expects nothing");
    }
    return new ConformanceCase(
        attributes.id(),
        attributes.title(),
        level,
        attributes.citation(),
        attributes.cause(),
        needs,
        steps);
  }
}
