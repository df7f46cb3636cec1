// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.frame.FrameNotation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cases expect of redirects, and the names of what a peer has. */
final class RedirectExpectationsTest {
  private static final String URL = "b'url': b'https://h/content/ab'";
  private static final String TYPE = "b'mediatype': b'application/mercurial-cbor'";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "b'url': b'/ab' | url",
        "b'url': b'https:ab' | url",
        "b'url': b'https://h/\\xe9 ' | url",
        "b'url': 7 | url",
        "b'url': b'https://me@h/content/ab' | plain",
        "b'url': b'https://h/content/ab#c' | plain",
        "b'url': b'http://h/content/ab' | protocol https",
        "b'url': b'https://h/contents/ab' | below [b'https://h/content']",
        "b'url': b'https://h.example/content/ab' | below [b'https://h/content/']",
        "b'mediatype': b'text/html' | media-type",
        "b'size': -1 | size",
        "b'size': b'1' | size",
        "b'fullhashes': {} | hashes",
        "b'fullhashes': [[b'sha256']] | hashes",
        "b'fullhashes': [[b'sha1', b'a'], [b'sha1', b'b']] | distinct",
        "b'fullhashes': [[b'sha1', b'a']] | named [b'sha256']",
        "b'fullhashes': [[b'sha1', b'a']] | lengths",
        "b'fullhashseed': 1 | seed",
        "b'serverdercerts': [] | certificates",
        "b'servercadercerts': [b'x'] | certificates",
        "b'serverdercerts': b'x' | certificates"
      })
  void locationThatBreaksARuleIsFound(String entry, String rule) {
    String sound =
        "{"
            + URL
            + ", "
            + TYPE
            + ", b'size': 3, b'fullhashes': [[b'sha256', b'"
            + "a".repeat(32)
            + "']]}";
    String key = entry.substring(0, entry.indexOf(':'));
    String others =
        key.equals("b'url'") ? TYPE : key.equals("b'mediatype'") ? URL : URL + ", " + TYPE;

    assertThat(mismatch("location 1 " + rule, redirect(sound))).isNull();
    assertThat(mismatch("location 1 " + rule, redirect("{" + entry + ", " + others + "}")))
        .isNotBlank();
  }

  @Test
  void redirectIsAStatusWithALocationAlone() {
    String location = "{" + URL + ", " + TYPE + "}";
    assertThat(mismatch("redirects 1", redirect(location))).isNull();
    assertThat(mismatch("completes 1", redirect(location))).isNotBlank();
    assertThat(mismatch("redirects 1", redirect("{" + URL + "}"))).isNotBlank();
    assertThat(mismatch("redirects 1", redirect("b'https://h/'"))).isNotBlank();
    assertThat(mismatch("redirects 1", framed("cbor:{b'status': b'ok'}"))).isNotBlank();
  }

  @Test
  void inlineResponsesAreLeftToThePeer() {
    Expectation only = new ExpectationNotation(new KnownNodes()).parse("redirects 1");

    assertThat(only.isLeftToThePeer(framed("cbor:{b'status': b'ok'}"))).isTrue();
    assertThat(only.isLeftToThePeer(framed("cbor:{b'status': b'error'}"))).isFalse();
    assertThat(only.isLeftToThePeer(redirect("{" + URL + ", " + TYPE + "}"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maps | {b'targets': [], b'hashes': []}",
        "maps | {b'hashes': []}",
        "maps | []",
        "names | {b'targets': [{b'name': b''}]}",
        "unique | {b'targets': [{b'name': b'a'}, {b'name': b'a'}]}",
        "protocols | {b'targets': [{b'protocol': b'HTTP'}]}",
        "uris | {b'targets': [{b'uris': []}]}",
        "uris | {b'targets': [{b'uris': [b'/a']}]}",
        "schemes | {b'targets': [{b'protocol': b'https', b'uris': [b'http://h/']}]}",
        "sni | {b'targets': [{b'snirequired': 1}]}",
        "tls-versions | {b'targets': [{b'tlsversions': []}]}",
        "tls-versions | {b'targets': [{b'tlsversions': [b'TLSv1.2']}]}",
        "hashes | {b'targets': [{}], b'hashes': b'sha256'}",
        "strong-hash | {b'targets': [{}], b'hashes': [b'sha1', b'md6']}"
      })
  void capabilitiesThatBreakARuleAreFound(String ruleAndValue) {
    String[] parts = ruleAndValue.split(" \\| ", 2);
    String sound =
        "{b'targets': [{b'name': b'a', b'protocol': b'https', b'uris': [b'https://h/'],"
            + " b'snirequired': True, b'tlsversions': [b'1.2', b'1.3']}], b'hashes': [b'sha256']}";

    assertThat(mismatch("targets " + parts[0], capabilities(sound))).isNull();
    assertThat(mismatch("targets " + parts[0], capabilities(parts[1]))).isNotBlank();
  }

  @Test
  void whatThePeerHasStandsForItsNames() {
    RedirectTarget target =
        new RedirectTarget(
            ByteString.utf8("a'b"),
            ByteString.utf8("http"),
            List.of(ByteString.utf8("http://h/")),
            false,
            List.of());
    PeerValues values =
        new PeerValues("known", "b'name': b'known'", target, List.of(ByteString.utf8("sha1")));
    String text =
        """
        case redirect/example
        title What a correct peer does
        level ROBUSTNESS
        cause None.
        > POST ro/{command}
        >| 1 1 stream-begin command-request new cbor:{{request}, b'redirect': {b'targets': [b'{target}'], b'hashes': {hashes}}}
        < redirects 1
        < location 1 below {uris}
        """;

    SentRequest request = CaseNotation.parse(text, "test", values).get(0).steps().get(0).request();

    assertThat(request.target()).isEqualTo("ro/known");
    assertThat(request.body().utf8()).contains("known", "a'b", "sha1");
  }

  private static @Nullable String mismatch(String expectation, ServerAnswer answer) {
    return new ExpectationNotation(new KnownNodes()).parse(expectation).mismatch(answer);
  }

  private static ServerAnswer redirect(String location) {
    return framed("cbor:{b'status': b'redirect', b'location': " + location + "}");
  }

  private static ServerAnswer capabilities(String redirect) {
    String status = ByteString.copyOf(FrameNotation.parsePayload("cbor:{b'status': b'ok'}")).hex();
    String object =
        ByteString.copyOf(FrameNotation.parsePayload("cbor:{b'redirect': " + redirect + "}")).hex();
    return framed((status + object).replaceAll("..", "\\\\x$0"));
  }

  private static ServerAnswer framed(String payload) {
    ByteString body =
        ByteString.copyOf(
            FrameNotation.parse("1 2 stream-begin command-response eos " + payload).encode());
    return new ServerAnswer(
        new SentRequest("POST", "ro/heads", Map.of(), ByteString.empty(), 0),
        new HttpResponse(200, Map.of("content-type", HttpV2Api.FRAMING_MEDIA_TYPE), body, null),
        Duration.ofSeconds(5));
  }
}
