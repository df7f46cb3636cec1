// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes results as JSON, which {@link ResultReader} reads: one object, or an array of them.
 *
 * <p>What was sent and received, and the likely cause, is written for cases that failed, whether
 * expected or not.
 */
public final class ResultWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
          .build();

  private ResultWriter() {}

  /**
   * Writes {@code results} in UTF-8 and leaves {@code output} open.
   *
   * @throws IOException if {@code output} throws it
   */
  public static void write(List<Result> results, OutputStream output) throws IOException {
    List<ObjectNode> nodes = new ArrayList<>();
    for (Result result : results) {
      ObjectNode node = MAPPER.createObjectNode();
      node.put("profile", result.profile()).put("peer", result.peer());
      ObjectNode summary = node.putObject("summary");
      for (Verdict verdict : Verdict.values()) {
        summary.put(verdict.word(), result.count(verdict));
      }
      node.set("configuration", MAPPER.valueToTree(result.configuration()));
      ArrayNode cases = node.putArray("cases");
      for (ResultCase next : result.cases()) {
        ObjectNode written = MAPPER.valueToTree(next);
        if (!next.result().isFailure()) {
          written.remove(List.of("exchanges", "cause"));
        }
        cases.add(written);
      }
      nodes.add(node);
    }
    Object whole = nodes.size() == 1 ? nodes.get(0) : nodes;
    output.write(MAPPER.writeValueAsBytes(whole));
    output.write('\n');
  }
}
