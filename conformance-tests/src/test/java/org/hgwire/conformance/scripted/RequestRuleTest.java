// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.FrameNotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RequestRuleTest {
  private static final String SETTINGS =
      "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'zlib']}";
  private static final String HEADS = "1 1 0 command-request new cbor:{b'name': b'heads'}";
  private static final String TARGET = "/repo/api/exp-http-v2-0003/ro/heads";

  @ParameterizedTest
  @EnumSource(RequestRule.class)
  void soundRequestsKeepEveryRule(RequestRule rule) {
    assertThat(rule.broken(request("POST", TARGET, SETTINGS, HEADS))).isNull();
    assertThat(
            rule.broken(
                handshake(Map.of("x-hgupgrade-1", HttpV2Api.NAME, "x-hgproto-1", "cbor 0.1"))))
        .isNull();
    assertThat(RequestRule.named(rule.text())).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "request-ids; 2 1 stream-begin command-request new cbor:{b'name': b'heads'}",
        "stream-ids; 1 2 stream-begin command-request new cbor:{b'name': b'heads'}",
        "stream-begin; 1 1 0 command-request new cbor:{b'name': b'heads'}",
        "flags; 1 1 stream-begin command-request 0 cbor:{b'name': b'heads'}",
        "flags; 1 1 stream-begin|encoded command-request new cbor:{b'name': b'heads'}",
        "complete; 1 1 stream-begin command-request new|more cbor:{b'name': b'heads'}",
        "complete; 1 1 stream-begin command-request new|have-data cbor:{b'name': b'heads'}",
        "commands; 1 1 stream-begin command-request new cbor:{b'name': b'later'}",
        "arguments; 1 1 stream-begin command-request new cbor:{b'name': b'heads', b'args': {b'a':"
            + " 1}}",
        "arguments; 1 1 stream-begin command-request new cbor:{b'name': b'listkeys'}",
        "redirect; 1 1 stream-begin command-request new"
            + " cbor:{b'name': b'heads', b'redirect': {b'targets': [b'a'], b'hashes': []}}",
        "url; 1 1 stream-begin command-request new cbor:{b'name': b'known'}",
        "request-ids; 1 1 stream-begin command-data eos x",
      })
  void framesThatBreakARuleAreFound(String rule, String frame) {
    assertThat(RequestRule.named(rule).broken(request("POST", TARGET, frame))).isNotNull();
  }

  @Test
  void orderOfFramesIsLookedAt() {
    String begun = HEADS.replace(" 0 ", " stream-begin ");
    String late = SETTINGS.replace("stream-begin", "0");
    assertThat(RequestRule.SETTINGS_FIRST.broken(request("POST", TARGET, begun, late))).isNotNull();
    assertThat(RequestRule.STREAM_BEGIN.broken(request("POST", TARGET, SETTINGS, begun)))
        .contains("twice");
    assertThat(RequestRule.REQUEST_IDS.broken(request("POST", TARGET, SETTINGS, HEADS, HEADS)))
        .isNotNull();
    assertThat(
            RequestRule.FRAME_TYPES.broken(
                request("POST", TARGET, begun, "1 1 0 command-response eos x")))
        .isNotNull();
  }

  @Test
  void headsOfRequestsAreLookedAt() {
    assertThat(RequestRule.METHOD.broken(request("GET", TARGET, SETTINGS, HEADS))).isNotNull();
    assertThat(
            RequestRule.READ_ONLY.broken(
                request("POST", TARGET.replace("/ro/", "/rw/"), SETTINGS, HEADS)))
        .isNotNull();
    ReceivedRequest bare = new ReceivedRequest("POST", TARGET, Map.of(), ByteString.empty());
    assertThat(RequestRule.ACCEPT.broken(bare)).contains("accept");
    assertThat(RequestRule.CONTENT_TYPE.broken(bare)).contains("content-type");
    assertThat(RequestRule.UPGRADE.broken(handshake(Map.of()))).contains("X-HgUpgrade");
    assertThat(RequestRule.UPGRADE.broken(handshake(Map.of("x-hgupgrade-1", HttpV2Api.NAME))))
        .contains("X-HgProto");
  }

  @Test
  void unknownRulesAreRefused() {
    assertThatThrownBy(() -> RequestRule.named("later"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ReceivedRequest handshake(Map<String, String> headers) {
    return new ReceivedRequest("GET", "/repo?cmd=capabilities", headers, ByteString.empty());
  }

  private static ReceivedRequest request(String method, String target, String... lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept", HttpV2Api.FRAMING_MEDIA_TYPE);
    headers.put("content-type", HttpV2Api.FRAMING_MEDIA_TYPE);
    List<ByteString> frames =
        Stream.of(lines)
            .map(line -> ByteString.copyOf(FrameNotation.parse(line).encode()))
            .toList();
    return new ReceivedRequest(method, target, headers, ResponseDraft.join(frames));
  }
}
