// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.cases.CaseNotation;
import org.hgwire.conformance.cases.Expectation;
import org.hgwire.conformance.cases.Step;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.FrameNotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is marked in a response that is not as expected: no more than what is wrong. */
final class ResponseLinesTest {
  private static final String OK = "1 2 stream-begin command-response eos cbor:{b'status': b'ok'}";

  private static Step step(String expectation) {
    String text =
        "case a/b\ntitle t\nlevel MUST\ntext d s\ncause c\n> GET ?cmd=heads\n< "
            + expectation
            + "\n";
    return CaseNotation.parse(text, "test").get(0).steps().get(0);
  }

  /** Returns the marked texts of an answer that must not be as expected. */
  private static List<String> marked(String expectation, HttpResponse response) {
    Step step = step(expectation);
    ServerAnswer answer = new ServerAnswer(step.request(), response, Duration.ZERO);
    Expectation expected = step.expectations().get(0);
    assertThat(expected.mismatch(answer)).isNotNull();
    ResponseLines lines = ResponseLines.of(answer, expected.places(answer));
    return lines.marks().stream()
        .map(mark -> lines.lines().get(mark.line()).substring(mark.from(), mark.to()))
        .toList();
  }

  private static HttpResponse response(int status, String type, ByteString body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("server", "x");
    headers.put("content-type", type);
    return new HttpResponse(status, headers, body, null);
  }

  private static HttpResponse frames(String lines, String rest) {
    StringBuilder hex = new StringBuilder();
    for (String line : lines.split("; ", -1)) {
      hex.append(ByteString.copyOf(FrameNotation.parse(line).encode()).hex());
    }
    ByteString body = ByteString.fromHex(hex.append(rest).toString());
    return response(200, HttpV2Api.FRAMING_MEDIA_TYPE, body);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          stream id ! 1 3 stream-begin command-response eos x ! 3
          stream that has not begun ! 1 2 0 command-response eos x ! 0
          encoded without settings ! 1 2 stream-begin|encoded command-response eos x ! stream-begin|encoded
          type ! 1 2 stream-begin command-request new x ! command-request
          flags ! 1 2 stream-begin command-response continuation|eos x ! continuation|eos
          after the end ! 1 2 stream-begin command-response eos x; 1 2 0 command-response eos x ! 1
          unknown encoding ! 1 2 stream-begin stream-settings eos cbor:b'lzma' ! cbor:b'lzma'
          no end ! 1 2 stream-begin command-response continuation x ! continuation
          error ! 1 2 stream-begin error-response 0 cbor:{b'type': b'server', b'message': []} ! cbor:{b'message': [], b'type': b'server'}
          status ! 3 2 stream-begin command-response eos x; 1 2 0 command-response eos cbor:{b'status': b'no'} ! cbor:{b'status': b'no'}
          """)
  void fieldOfTheFrameIsMarked(String name, String lines, String field) {
    assertThat(marked("completes 1", frames(lines, ""))).as(name).containsExactly(field);
  }

  @Test
  void bytesBehindTheLastFrameAreMarked() {
    assertThat(marked("completes 1", frames(OK, "03000001"))).containsExactly("03000001");
  }

  @Test
  void lengthThatIsTooLargeIsMarked() {
    assertThat(marked("completes 1", frames(OK, "ffffff0100020031ab"))).containsExactly("ffffff");
  }

  @Test
  void responseThatShouldBeRefusedIsMarked() {
    assertThat(marked("refused", frames(OK, ""))).containsExactly("cbor:{b'status': b'ok'}");
  }

  @Test
  void nameOfTheEncodingIsMarked() {
    String settings = "1 2 stream-begin stream-settings eos cbor:b'identity'; ";
    String lines = settings + OK.replace("stream-begin", "encoded");
    assertThat(marked("encoded 1 zlib", frames(lines, ""))).containsExactly("cbor:b'identity'");
    assertThat(marked("encoded 1 zlib", frames(OK, ""))).containsExactly("stream-begin");
  }

  @Test
  void statusAndHeadersAreMarked() {
    HttpResponse response = response(500, "text/plain", ByteString.utf8("oops\n"));
    assertThat(marked("status 404", response)).containsExactly("500");
    assertThat(marked("type text/html", response)).containsExactly("text/plain");
    assertThat(marked("header server y", response)).containsExactly("x");
    assertThat(marked("completes 1", response)).containsExactly("500");
    assertThat(marked("status 404 or type text/html", response))
        .containsExactly("500", "text/plain");
    assertThat(marked("completes 1", response(200, "text/plain", ByteString.utf8("oops\n"))))
        .containsExactly("text/plain");
  }

  @Test
  void bytesOfABodyAreMarked() {
    HttpResponse text = response(200, "text/plain", ByteString.utf8("one\ntwo\nthree"));
    assertThat(marked("lacks two", text)).containsExactly("two");
    assertThat(marked("unsent 6e650a7477", text)).containsExactly("ne", "tw");
    assertThat(marked("text \"one\\ntwp\\nthree\"", text)).containsExactly("o", "three");
    HttpResponse bytes = response(200, "image/gif", ByteString.fromHex("00".repeat(50) + "ff00"));
    assertThat(marked("unsent 00ff", bytes)).containsExactly("00ff");
  }

  @Test
  void wholeBodyIsMarkedIfNoPlaceIsKnown() {
    HttpResponse text = response(200, "text/plain", ByteString.utf8("one\ntwo"));
    assertThat(marked("has three", text)).containsExactly("one", "two");
    assertThat(marked("header vary", text)).containsExactly("one", "two");
  }
}
