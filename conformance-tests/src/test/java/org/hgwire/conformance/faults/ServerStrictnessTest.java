// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults 2, 4 and 7, of servers: what the protocol forbids is refused before anything runs, with
 * status 400 and one line; a malformed request in valid frames fails alone.
 */
final class ServerStrictnessTest {
  private static final String ECHO =
      "1 1 stream-begin command-request new cbor:{b'name': b'echo', b'args': {b'text': b'hi'}}";

  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> forbidden() {
    return Stream.of(
        Arguments.of("an even request id", "even", List.of(ECHO.replaceFirst("1", "2"))),
        Arguments.of(
            "a request both new and continued",
            "continuation",
            List.of(ECHO.replace(" new ", " new|continuation "))),
        Arguments.of(
            "a request neither new nor continued",
            "continuation",
            List.of(ECHO.replace(" new ", " 0 "))),
        Arguments.of("stream 0", "stream", List.of(ECHO.replace("1 1 ", "1 0 "))),
        Arguments.of("a server's stream", "stream", List.of(ECHO.replace("1 1 ", "1 2 "))),
        Arguments.of(
            "an undefined stream flag",
            "undefined stream flags",
            List.of(ECHO.replace("stream-begin", "9"))),
        Arguments.of(
            "a stream that has not begun", "not open", List.of(ECHO.replace("stream-begin", "0"))),
        Arguments.of(
            "a repeated begin flag", "open already", List.of(ECHO, ECHO.replaceFirst("1", "3"))),
        Arguments.of(
            "a frame after the end of its stream",
            "not open",
            List.of(
                ECHO.replace("stream-begin", "stream-begin|stream-end"),
                ECHO.replaceFirst("1", "3").replace("stream-begin", "0"))),
        Arguments.of(
            "an undefined frame type",
            "not defined",
            List.of("1 1 stream-begin 4 0 ", ECHO.replace("stream-begin", "0"))),
        Arguments.of(
            "a frame that only servers send",
            "",
            List.of("1 1 stream-begin command-response eos ")),
        Arguments.of(
            "data that was not announced", "", List.of(ECHO, "1 1 0 command-data eos abc")),
        Arguments.of(
            "data before any request", "", List.of("1 1 stream-begin command-data eos abc")),
        Arguments.of(
            "data with both flags",
            "",
            List.of(
                "1 1 stream-begin command-request new|have-data cbor:{b'name': b'counts'}",
                "1 1 0 command-data continuation|eos abc")),
        Arguments.of(
            "data with neither flag",
            "",
            List.of(
                "1 1 stream-begin command-request new|have-data cbor:{b'name': b'counts'}",
                "1 1 0 command-data 0 abc")),
        Arguments.of(
            "a continuation of nothing", "", List.of(ECHO.replace(" new ", " continuation "))),
        Arguments.of("an id that is in use", "", List.of(ECHO, ECHO.replace("stream-begin", "0"))),
        Arguments.of(
            "settings that are not a map",
            "",
            List.of("1 1 stream-begin sender-protocol-settings eos cbor:[]")),
        Arguments.of(
            "settings that are empty",
            "",
            List.of("1 1 stream-begin sender-protocol-settings eos ")),
        Arguments.of(
            "settings with neither flag",
            "",
            List.of("1 1 stream-begin sender-protocol-settings 0 cbor:{}")),
        Arguments.of(
            "settings after a request",
            "",
            List.of(ECHO, "1 1 0 sender-protocol-settings eos cbor:{}")),
        Arguments.of(
            "a request left partial", "ended before", List.of(ECHO.replace(" new ", " new|more "))),
        Arguments.of(
            "data left partial",
            "ended before",
            List.of(
                "1 1 stream-begin command-request new|have-data cbor:{b'name': b'counts'}",
                "1 1 0 command-data continuation abc")),
        Arguments.of(
            "settings left partial",
            "ended",
            List.of("1 1 stream-begin sender-protocol-settings continuation \\xa0")),
        Arguments.of(
            "an unknown encoding",
            "not offered",
            List.of("1 1 stream-begin stream-settings eos cbor:b'lzma'")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forbidden")
  void forbiddenFramesAreRefusedInOneLine(String what, String why, List<String> lines)
      throws Exception {
    ServerResponse response = server.send(ServerUnderTest.frames(lines.toArray(String[]::new)));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.type()).startsWith("text/plain");
    assertThat(response.text()).contains(why).endsWith("\n").hasLineCount(1);
    assertThat(response.text().strip()).isPrintable().hasSizeBetween(10, 500);
  }

  @Test
  void emptyBodyIsRefused() throws Exception {
    assertThat(server.send(new byte[0]).status()).isEqualTo(400);
  }

  @Test
  void truncatedBodyIsRefused() throws Exception {
    byte[] first = ServerUnderTest.frames(ECHO);
    byte[] whole =
        ServerUnderTest.frames(ECHO, ECHO.replaceFirst("1", "3").replace("stream-begin", "0"));
    for (int length = 1; length < whole.length; length++) {
      ServerResponse response = server.send(Arrays.copyOf(whole, length));

      assertThat(response.status())
          .as("%d bytes", length)
          .isEqualTo(length == first.length ? 200 : 400);
    }
    assertThat(server.send(whole).status()).isEqualTo(200);
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        Arguments.of("an array", "80"),
        Arguments.of("null", "f6"),
        Arguments.of("nothing", ""),
        Arguments.of("a map that is cut", "a2446e616d65446563686f"),
        Arguments.of("two values", "a1446e616d65446563686fa0"),
        Arguments.of("a map without name", "a14461726773a0"),
        Arguments.of("a name that is an integer", "a1446e616d6501"),
        Arguments.of("a name that is text", "a1446e616d65646563686f"),
        Arguments.of("arguments that are an array", "a2446e616d65446563686f446172677380"),
        Arguments.of("the key name twice", "a2446e616d65446563686f446e616d65446563686f"),
        Arguments.of(
            "an argument twice",
            "a2446e616d65446563686f4461726773a244746578744161447465787441" + "62"),
        Arguments.of(
            "a member of a set twice",
            "a2446e616d654574797065644461726773a143736574d9010282" + "41614161"),
        Arguments.of("an indefinite string within", "a1446e616d655f4465636865ff"),
        Arguments.of("5f01ff", "5f01ff"),
        Arguments.of("an indefinite map", "bf446e616d65446563686fff"),
        Arguments.of("a float", "a1446e616d65f93c00"),
        Arguments.of("an unknown tag", "a1446e616d65c100"),
        Arguments.of(
            "depth 33", "a2446e616d65446563686f4461726773a14474657874" + "81".repeat(31) + "80"),
        Arguments.of("depth 60,000", "81".repeat(60_000)),
        Arguments.of("a declared map of 2^63 pairs", "bb8000000000000000"),
        Arguments.of("a declared array of 2^32 items", "9b0000000100000000"),
        Arguments.of("a declared string of 2^62 bytes", "a1446e616d655b4000000000000000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void malformedRequestFailsAlone(String what, String hex) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] payload = ByteString.fromHex(hex).toByteArray();
    int half = payload.length / 2;
    for (int part = 0; part < 2; part++) {
      int from = part == 0 ? 0 : half;
      int to = part == 0 ? half : payload.length;
      body.write(to - from);
      body.write((to - from) >>> 8);
      body.write(0);
      body.writeBytes(ByteString.fromHex(part == 0 ? "0100010115" : "0100010012").toByteArray());
      body.write(payload, from, to - from);
    }
    body.writeBytes(
        ServerUnderTest.frames(ECHO.replaceFirst("1", "3").replace("stream-begin", "0")));

    ServerResponse response = server.send(body.toByteArray());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.responseTo(3)).containsExactly(ServerResponse.OK, CborBytes.utf8("hi"));
    assertThat(response.errorOf(1)).isNotEmpty().doesNotContain("Exception").hasLineCount(1);
  }

  @Test
  void nonCanonicalCborIsAccepted() throws Exception {
    // {"name": "echo", "args": {"text": "hi"}}: unsorted, lengths in two bytes
    String hex =
        "b90002"
            + "58046e616d65"
            + "59000465"
            + "63686f"
            + "4461726773"
            + "a1"
            + "4474657874"
            + "426869";
    byte[] payload = ByteString.fromHex(hex).toByteArray();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(payload.length);
    body.writeBytes(ByteString.fromHex("00000100010111").toByteArray());
    body.writeBytes(payload);

    assertThat(server.send(body.toByteArray()).responseTo(1))
        .containsExactly(ServerResponse.OK, CborBytes.utf8("hi"));
  }
}
