// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why cases of a profile were left out, and the configurations of its runs. */
final class NotesSection {
  private static final ObjectWriter JSON =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

  private final Markup markup;
  private final ProfileResults profile;

  NotesSection(Markup markup, ProfileResults profile) {
    this.markup = markup;
    this.profile = profile;
  }

  void write() {
    leftOut(Verdict.SKIP, "Skipped");
    leftOut(Verdict.EXCLUDED, "Excluded");
    if (profile.results().stream().anyMatch(result -> !result.configuration().isEmpty())) {
      markup.begin("details", "class", "notes").element("summary", "Configurations");
      profile.results().forEach(this::configuration);
      markup.end();
    }
  }

  private void leftOut(Verdict verdict, String heading) {
    long count = profile.results().stream().mapToLong(result -> result.count(verdict)).sum();
    if (count == 0) {
      return;
    }
    markup.begin("details", "class", "notes").begin("summary").text(heading + " ");
    markup.element("span", Long.toString(count), "class", "size").end();
    for (Result result : profile.results()) {
      reasons(result, verdict)
          .forEach(
              (reason, ids) -> {
                markup.begin("p").element("b", result.peer()).text(" ").lines(reason).end();
                markup.begin("ul", "class", "ids");
                ids.forEach(id -> markup.begin("li").element("code", id).end());
                markup.end();
              });
    }
    markup.end();
  }

  private static Map<String, List<String>> reasons(Result result, Verdict verdict) {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (ResultCase each : result.cases()) {
      if (each.result() == verdict) {
        String reason = each.reason().isEmpty() ? "without a reason" : each.reason();
        reasons.computeIfAbsent(reason, key -> new ArrayList<>()).add(each.id());
      }
    }
    return reasons;
  }

  private void configuration(Result result) {
    if (!result.configuration().isEmpty()) {
      markup.element("p", result.peer(), "class", "of").begin("pre");
      markup.lines(json(result.configuration())).end();
    }
  }

  private static String json(Map<String, Object> configuration) {
    try {
      return JSON.writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a configuration is not JSON: " + e.getMessage(), e);
    }
  }
}
