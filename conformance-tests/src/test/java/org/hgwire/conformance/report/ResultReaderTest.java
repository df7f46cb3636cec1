// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.cases.Citation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultReaderTest {
  private static final String WHOLE =
      """
      {"profile": "v2-server", "peer": "hg 5.6.1", "level": "MUST", "configuration": {"parallel": 2},
       "summary": {"pass": 99},
       "cases": [{"id": "frame/length-24-bit", "title": "A length", "level": "MUST",
         "result": "xfail", "millis": 12,
         "citation": {"document": "wireprotocolrpc", "sentence": "The length is."},
         "cause": "a factor", "reason": "known",
         "exchanges": [{"sent": ["> GET /"], "received": ["< 500", "<x 00"],
           "expected": "200", "failure": "500",
           "marks": [{"side": "received", "line": 1, "from": 3, "to": 5}]}]}]}
      """;

  private static List<Result> read(String json) throws IOException {
    return ResultReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyFieldIsRead() throws IOException {
    ExchangeLines exchange =
        new ExchangeLines(
            List.of("> GET /"),
            List.of("< 500", "<x 00"),
            "200",
            "500",
            List.of(new Mark(Mark.Side.RECEIVED, 1, 3, 5)));
    ResultCase whole =
        new ResultCase(
            "frame/length-24-bit",
            "A length",
            "MUST",
            Verdict.EXPECTED_FAILURE,
            12,
            new Citation("wireprotocolrpc", "The length is."),
            "a factor",
            "known",
            List.of(exchange));
    assertThat(read(WHOLE))
        .containsExactly(
            new Result("v2-server", "hg 5.6.1", "MUST", Map.of("parallel", 2), List.of(whole)));
  }

  @Test
  void arrayIsSeveralResults() throws IOException {
    assertThat(read("[" + WHOLE + "," + WHOLE + "]")).hasSize(2);
    assertThat(read("[]")).isEmpty();
  }

  @Test
  void missingFieldsAreEmpty() throws IOException {
    String json =
        """
        {"profile": "p", "peer": "x", "cases": [{"id": "a", "result": "pass", "exchanges": [{}]}]}
        """;
    ResultCase sparse =
        new ResultCase(
            "a",
            "",
            "",
            Verdict.PASS,
            0,
            null,
            "",
            "",
            List.of(new ExchangeLines(List.of(), List.of(), "", "", List.of())));
    assertThat(read(json)).containsExactly(new Result("p", "x", "", Map.of(), List.of(sparse)));
    assertThat(read(json.replace("\"id\"", "\"reason\": null, \"title\": null, \"id\"")))
        .isEqualTo(read(json));
  }

  @Test
  void unknownFieldsAreIgnored() throws IOException {
    assertThat(read(WHOLE.replace("\"millis\"", "\"since\": [1], \"millis\"")))
        .isEqualTo(read(WHOLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          "profile": "v2-server",;                ; Missing required creator property 'profile'
          "id": "frame/length-24-bit",;           ; Missing required creator property 'id'
          "result": "xfail",;                     ; Missing required creator property 'result'
          "xfail";                 "broken"       ; not one of the values accepted for Enum class
          "xfail";                 null           ; Invalid `null` value encountered for property "result"
          "side": "received";      "side": null   ; Invalid `null` value encountered for property "side"
          "line": 1;               "line": "one"  ; not a valid `int` value
          """)
  void whatIsNoResultIsAnError(String text, String replacement, String message) {
    String json = WHOLE.replace(text, replacement == null ? "" : replacement);
    assertThat(json).isNotEqualTo(WHOLE);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatFollowsTheResultsIsAnError() {
    assertThatThrownBy(() -> read(WHOLE + WHOLE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(IllegalArgumentException.class);
  }
}
