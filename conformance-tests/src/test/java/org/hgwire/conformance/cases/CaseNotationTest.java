// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameNotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CaseNotationTest {
  private static final String HEAD =
      """
      # a comment
      case frame/example
      title What a correct peer does
      level MUST
      text wireprotocolrpc Some words of it.
      cause A plausible reason.
      needs known
      needs command heads
      """;

  private static final String FRAMES = "application/mercurial-exp-framing-0006";

  @Test
  void caseHasItsAttributesAndRequests() {
    List<ConformanceCase> cases =
        CaseNotation.parse(
            HEAD
                + """
                > POST ro/heads
                > Accept: text/plain
                >| 1 1 stream-begin command-request new {repeat:3:ab}
                >x 00 {hex:null}
                >" line
                >' end
                > cut 5
                < refused or fails 1
                < serves

                case other/one
                title Another
                level ROBUSTNESS
                cause None.
                > GET ?cmd=heads
                < status 200
                """,
            "test");

    assertThat(cases).extracting(ConformanceCase::id).containsExactly("frame/example", "other/one");
    ConformanceCase first = cases.get(0);
    assertThat(first.level()).isEqualTo(Level.MUST);
    assertThat(first.citation()).isEqualTo(new Citation("wireprotocolrpc", "Some words of it."));
    assertThat(first.needs())
        .containsExactly(new Need(Need.Kind.KNOWN, ""), new Need(Need.Kind.COMMAND, "heads"));
    assertThat(first.steps()).hasSize(2);
    SentRequest request = first.steps().get(0).request();
    assertThat(request.headers()).containsExactly(Map.entry("Accept", "text/plain"));
    assertThat(request.sentBytes()).isEqualTo(5);
    assertThat(request.body().hex())
        .isEqualTo(
            "0600000100010111" + "616261626162" + "00" + "00".repeat(20) + "6c696e650a" + "656e64");
    assertThat(first.steps().get(1).request().target()).isEqualTo("?cmd=capabilities");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "< status 200",
        "> POST",
        "> POST ro/heads\n< nonsense 1",
        "> POST ro/heads\n>x 0",
        "> POST ro/heads\n>| 1 1 stream-begin",
        "> POST ro/heads\n>| 1 1 0 command-request new {node:nobody}",
        "> POST ro/heads\n< status x",
        "level MAY",
        "colour red",
        "> POST ro/heads\n< status 200\nneeds money"
      })
  void errorNamesTheLine(String lines) {
    assertThatThrownBy(() -> CaseNotation.parse(HEAD + lines + "\n", "test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s)test:[0-9]+: .*");
  }

  @Test
  void caseNeedsRequestsAndExpectations() {
    assertThatThrownBy(() -> CaseNotation.parse(HEAD, "test"))
        .hasMessageContaining("frame/example");
    assertThatThrownBy(() -> CaseNotation.parse(HEAD + "> POST ro/heads\n", "test"))
        .hasMessageContaining("expects nothing");
    assertThatThrownBy(() -> CaseNotation.parse("title x\n", "test"))
        .hasMessageContaining("begins with one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "completes 1 | true",
        "completes 3 | false",
        "objects 1 cbor:[[b'a']] | true",
        "objects 1 cbor:[[b'b']] | false",
        "count 1 1 | true",
        "count 1 2 | false",
        "contains 1 [b'a'] | true",
        "contains 1 [b'b'] | false",
        "fails 1 | false",
        "responds 1 | true",
        "responds 3 | false",
        "encoded 1 identity | true",
        "encoded 1 zlib | false",
        "refused | false",
        "refused or completes 1 | true",
        "status 200 | true",
        "status 404 | false",
        "header content-type | true",
        "header allow POST | false",
        "has ok | true",
        "has other | false",
        "lacks ok | false",
        "unsent 8141 61 | false",
        "unsent ffff | true",
        "bundle | false"
      })
  void expectationsAreHeldAgainstResponses(String expectation, boolean met) {
    ServerAnswer answer =
        framed(
            "1 2 stream-begin command-response continuation cbor:{b'status': b'ok'}",
            "1 2 0 command-response eos cbor:[b'a']");

    assertMet(expectation, answer, met);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fails 1 | true",
        "fails 1 with gone | true",
        "fails 1 with other | false",
        "completes 1 | false",
        "responds 1 | true",
        "refused | true"
      })
  void errorsAreNoCompletions(String expectation, boolean met) {
    assertMet(
        expectation,
        framed(
            "1 2 stream-begin command-response eos cbor:{b'error': {b'message': [{b'msg':"
                + " b'gone'}]}, b'status': b'error'}"),
        met);
    assertMet(
        expectation,
        framed("1 2 stream-begin error-response 0 cbor:{b'message': [{b'msg': b'gone'}]}"),
        met);
    assertMet(
        expectation,
        framed(
            "1 2 stream-begin command-response continuation cbor:{b'status': b'ok'}",
            "1 2 0 command-response eos cbor:{b'error': {b'message': [{b'msg': b'gone'}]},"
                + " b'status': b'error'}"),
        met);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 1 stream-begin command-response eos cbor:{b'status': b'ok'}",
        "1 2 0 command-response eos cbor:{b'status': b'ok'}",
        "1 2 stream-begin command-response continuation cbor:{b'status': b'ok'}",
        "1 2 stream-begin command-response 3 cbor:{b'status': b'ok'}",
        "1 2 stream-begin command-response eos ",
        "1 2 stream-begin command-response eos \\xa1",
        "1 2 stream-begin|encoded command-response eos cbor:{b'status': b'ok'}",
        "1 2 stream-begin command-request new cbor:{b'status': b'ok'}"
      })
  void responsesThatBreakRulesDoNotComplete(String frame) {
    assertMet("completes 1", framed(frame), false);
  }

  @ParameterizedTest
  @CsvSource({"400, true", "404, true", "500, false", "302, false"})
  void refusalsAreThoseOfClients(int status, boolean met) {
    HttpResponse response = new HttpResponse(status, Map.of(), ByteString.utf8("no"), null);

    assertMet("refused", answer("?cmd=x", response), met);
    assertMet("error", answer("?cmd=x", response), met);
  }

  @Test
  void cutResponsesAreNoRefusals() {
    HttpResponse response = new HttpResponse(400, Map.of(), ByteString.empty(), "cut");

    assertMet("refused", answer("?cmd=x", response), false);
    assertMet("error", answer("?cmd=x", response), false);
    assertMet("has x", answer("?cmd=x", response), false);
  }

  private static void assertMet(String expectation, ServerAnswer answer, boolean met) {
    Expectation parsed = new ExpectationNotation(new KnownNodes()).parse(expectation);

    if (met) {
      assertThat(parsed.mismatch(answer)).isNull();
    } else {
      assertThat(parsed.mismatch(answer)).isNotBlank();
    }
  }

  private static ServerAnswer framed(String... frames) {
    StringBuilder hex = new StringBuilder();
    for (String frame : frames) {
      hex.append(ByteString.copyOf(FrameNotation.parse(frame).encode()).hex());
    }
    return answer(
        "ro/heads",
        new HttpResponse(
            200, Map.of("content-type", FRAMES), ByteString.fromHex(hex.toString()), null));
  }

  private static ServerAnswer answer(String target, HttpResponse response) {
    return new ServerAnswer(
        new SentRequest("GET", target, Map.of(), ByteString.empty(), 0),
        response,
        Duration.ofSeconds(5));
  }
}
