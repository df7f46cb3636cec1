// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.PeerTimeoutException;
import org.hgwire.client.RedirectNotFollowedException;
import org.hgwire.core.WireErrorCode;
import org.hgwire.redirects.fetch.MinRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults 2, 4, 7 and 10, of clients: whatever a server sends, a call ends at once, with complete
 * data or a typed error.
 */
@Timeout(60)
final class ClientStrictnessTest {
  private static final String BEGIN =
      "1 2 stream-begin command-response continuation cbor:{b'status': b'ok'}";
  private static final String OBJECT = "1 2 0 command-response eos cbor:b'whole'";

  static Stream<Arguments> forbidden() {
    return Stream.of(
        bad("both flags", WireErrorCode.FRAME_FLAGS, BEGIN.replace("continuation", "3")),
        bad("neither flag", WireErrorCode.FRAME_FLAGS, BEGIN.replace("continuation", "0")),
        bad("stream 0", WireErrorCode.STREAM_ID, BEGIN.replace("1 2 ", "1 0 ")),
        bad("a client's stream", WireErrorCode.STREAM_ID, BEGIN.replace("1 2 ", "1 1 ")),
        bad(
            "an undefined stream flag",
            WireErrorCode.STREAM_FLAGS,
            BEGIN.replace("stream-begin", "9")),
        bad("no begin flag", WireErrorCode.STREAM_NOT_OPEN, OBJECT),
        bad("a repeated begin flag", WireErrorCode.STREAM_ALREADY_OPEN, BEGIN, BEGIN),
        bad(
            "a frame after the end of its stream",
            WireErrorCode.STREAM_NOT_OPEN,
            BEGIN.replace("stream-begin", "stream-begin|stream-end"),
            OBJECT),
        bad(
            "a request that was not made",
            WireErrorCode.REQUEST_INACTIVE,
            BEGIN.replaceFirst("1", "3")),
        bad(
            "a frame that only clients send",
            WireErrorCode.UNEXPECTED_FRAME,
            "1 2 stream-begin command-request new cbor:{b'name': b'heads'}"),
        bad("an undefined frame type", WireErrorCode.FRAME_TYPE, "1 2 stream-begin 4 0 "),
        bad(
            "an encoding that was not offered",
            WireErrorCode.ENCODING_UNKNOWN,
            "1 2 stream-begin stream-settings eos cbor:b'lzma'"),
        bad(
            "corrupt zlib",
            WireErrorCode.ENCODING_CORRUPT,
            "1 2 stream-begin stream-settings eos cbor:b'zlib'",
            "1 2 encoded command-response eos \\x78\\x9c\\xff\\xff\\xff\\xff"),
        bad(
            "corrupt zstd",
            WireErrorCode.ENCODING_CORRUPT,
            "1 2 stream-begin stream-settings eos cbor:b'zstd-8mb'",
            "1 2 encoded command-response eos not a frame of zstd"),
        bad(
            "an error frame that is not a map",
            WireErrorCode.BAD_RESPONSE,
            "1 2 stream-begin error-response 0 cbor:b'no'"),
        bad(
            "an error frame of an unknown type",
            WireErrorCode.BAD_RESPONSE,
            "1 2 stream-begin error-response 0 cbor:{b'type': b'odd', b'message': b'm'}"),
        bad(
            "an empty error frame",
            WireErrorCode.BAD_RESPONSE,
            "1 2 stream-begin error-response 0 "),
        bad("no status", WireErrorCode.TRUNCATED, "1 2 stream-begin command-response eos "),
        bad(
            "a status that is a list",
            WireErrorCode.BAD_RESPONSE,
            "1 2 stream-begin command-response eos cbor:[]"),
        bad(
            "a duplicate key",
            WireErrorCode.DUPLICATE_KEY,
            BEGIN,
            raw("\\xa2\\x41a\\x00\\x41a\\x01")),
        bad(
            "a duplicate member",
            WireErrorCode.DUPLICATE_MEMBER,
            BEGIN,
            raw("\\xd9\\x01\\x02\\x82\\x01\\x18\\x01")),
        bad("5f01ff", WireErrorCode.CHUNK_TYPE, BEGIN, raw("\\x5f\\x01\\xff")),
        bad("depth 33", WireErrorCode.DEPTH, BEGIN, raw("\\x81".repeat(32) + "\\x80")),
        bad("a text string", WireErrorCode.MALFORMED, BEGIN, raw("\\x61a")),
        bad(
            "a declared array of 2^32 items",
            WireErrorCode.LIMIT,
            BEGIN,
            raw("\\x9a\\xff\\xff\\xff\\xff")),
        bad("an object that is cut", WireErrorCode.TRUNCATED, BEGIN, raw("\\x45who")));
  }

  private static Arguments bad(String what, WireErrorCode code, String... lines) {
    return Arguments.of(what, code, List.of(lines));
  }

  private static String raw(String payload) {
    return "1 2 0 command-response eos " + payload;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forbidden")
  void forbiddenFramesAreTypedErrors(String what, WireErrorCode code, List<String> lines)
      throws Exception {
    try (ScriptedOrigin origin = ScriptedOrigin.ofFrames(lines.toArray(String[]::new));
        Peer peer = origin.connect()) {
      PeerProtocolException error =
          catchThrowableOfType(
              PeerProtocolException.class, () -> readAll(peer.call(Conversation.request("heads"))));

      assertThat(error.fault().code()).isEqualTo(code);
      assertThat(error).message().hasLineCount(1).isPrintable().contains(code.text());
    }
  }

  @Test
  void truncatedResponseFailsAtOnce() throws Exception {
    byte[] whole = ServerUnderTest.frames(BEGIN, OBJECT);
    for (int length = 0; length < whole.length; length += 3) {
      try (ScriptedOrigin reset = ScriptedOrigin.cutting(whole, length);
          ScriptedOrigin clean = ScriptedOrigin.ending(whole, length);
          Peer toReset = reset.connect();
          Peer toClean = clean.connect()) {
        for (Peer peer : List.of(toReset, toClean)) {
          PeerException error =
              catchThrowableOfType(
                  PeerException.class, () -> readAll(peer.call(Conversation.request("heads"))));
          assertThat(error).as("%d bytes", length).isNotNull();
        }
      }
    }
    try (ScriptedOrigin origin = ScriptedOrigin.ending(whole, whole.length);
        Peer peer = origin.connect()) {
      assertThat(readAll(peer.call(Conversation.request("heads")))).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"frames that are too small", "a frame that is never complete"})
  @Timeout(60)
  void drippedResponseTimesOut(String what) throws Exception {
    String object = OBJECT.replace("eos", "continuation");
    byte[] beginning = ServerUnderTest.frames(BEGIN, object);
    byte[] drip = ServerUnderTest.frames(object);
    if (what.startsWith("a frame")) {
      // A frame of more than 16,384 bytes: the status, and a long byte string of zeros.
      byte[] status = ServerUnderTest.frames(BEGIN);
      beginning = Arrays.copyOf(status, status.length + 3);
      beginning[1] = 0x40;
      beginning[status.length] = 0x59;
      beginning[status.length + 1] = 0x40;
      drip = new byte[] {0};
    }
    PeerOptionsBuilder options =
        PeerOptions.builder()
            .firstByteTimeout(Duration.ofMillis(700))
            .idleTimeout(Duration.ofMillis(700))
            .minResponseRate(new MinRate(1000, Duration.ofMillis(700)));
    try (ScriptedOrigin origin = ScriptedOrigin.dripping(beginning, drip);
        Peer peer = origin.connect(options)) {
      long start = System.nanoTime();
      assertThatExceptionOfType(PeerTimeoutException.class)
          .isThrownBy(() -> readAll(peer.call(Conversation.request("heads"))));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void truncatedBatchFailsEveryOpenCommand() throws Exception {
    byte[] whole =
        ServerUnderTest.frames(BEGIN, OBJECT, BEGIN.replace("1 2 stream-begin", "3 2 0"));
    try (ScriptedOrigin origin = ScriptedOrigin.ending(whole, whole.length);
        Peer peer = origin.connect()) {
      var batch = peer.batch();
      CommandResponse first = batch.call(Conversation.request("heads"));
      CommandResponse second = batch.call(Conversation.request("heads"));
      CommandResponse third = batch.call(Conversation.request("heads"));
      batch.send();

      assertThat(readAll(first)).isEqualTo(1);
      for (CommandResponse cut : Arrays.asList(third, second)) {
        PeerProtocolException error =
            catchThrowableOfType(PeerProtocolException.class, () -> readAll(cut));
        assertThat(error.fault().code()).isEqualTo(WireErrorCode.TRUNCATED);
      }
    }
  }

  @Test
  void unrequestedRedirectIsNotFollowed() throws Exception {
    String url = "http://169.254.169.254/latest/meta-data";
    try (ScriptedOrigin origin =
            ScriptedOrigin.ofFrames(
                "1 2 stream-begin command-response eos cbor:{b'status': b'redirect', b'location':"
                    + " {b'url': b'"
                    + url
                    + "', b'mediatype': b'application/mercurial-cbor'}}");
        Peer peer = origin.connect()) {
      RedirectNotFollowedException error =
          catchThrowableOfType(
              RedirectNotFollowedException.class,
              () -> readAll(peer.call(Conversation.request("heads"))));

      assertThat(error.location()).isEqualTo(url);
      assertThat(origin.requests).hasValue(1);
    }
  }

  /** Reads a response to its end and returns the number of its objects. */
  private static int readAll(CommandResponse response) throws PeerException {
    int count = 0;
    try (response) {
      while (response.next() != null) {
        count++;
      }
    }
    return count;
  }
}
