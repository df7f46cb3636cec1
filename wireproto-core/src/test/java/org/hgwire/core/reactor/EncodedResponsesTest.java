// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.RichMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are encoded already have a stream of their own. */
final class EncodedResponsesTest {
  private static final String LONG = "abc ".repeat(5000);

  private static ByteBuffer encoded(String encoding, String... texts) {
    ByteBuffer output = ByteBuffer.allocate(1 << 20);
    try (ContentEncoder encoder =
        ContentEncodings.named(encoding).preferred().get(0).newEncoder()) {
      for (String text : texts) {
        encoder.encode(plain(text), output);
        assertThat(encoder.flush(output)).isTrue();
      }
    }
    return output.flip();
  }

  private static ByteBuffer plain(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(List<ClientEvent> events, int requestId) {
    return new String(Pair.response(events, requestId), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib"})
  void encodedAndOtherResponsesInterleave(String encoding) {
    try (Pair pair = new Pair(encoding, "identity")) {
      int first = pair.call("a");
      int second = pair.call("b");
      int third = pair.call("c");
      pair.toServer();

      pair.server.respond(first, plain("status "));
      pair.server.respond(second, plain("status "));
      ByteBuffer bytes = encoded(encoding, LONG, "second");
      pair.server.respondEncoded(first, bytes.slice(0, 20));
      pair.server.respond(second, plain(LONG));
      pair.server.respondEncoded(third, encoded(encoding, LONG));
      pair.server.respondEncoded(first, bytes.slice(20, bytes.limit() - 20));
      pair.server.endResponse(first);
      pair.server.respond(second, plain("end"));
      pair.server.endResponse(second);
      pair.server.endResponse(third);
      List<ClientEvent> events = pair.toClient();

      assertThat(text(events, first)).isEqualTo("status " + LONG + "second");
      assertThat(text(events, second)).isEqualTo("status " + LONG + "end");
      assertThat(text(events, third)).isEqualTo(LONG);
      assertThat(pair.server.activeRequests()).isZero();
      assertThat(events.stream().filter(ClientEvent.ResponseEnded.class::isInstance)).hasSize(3);
    }
  }

  @Test
  void plainBytesCanContinueAnEncodedResponse() {
    try (Pair pair = new Pair("zstd-8mb", "identity")) {
      int request = pair.call("a");
      pair.toServer();
      pair.server.respond(request, plain("status "));
      pair.server.respondEncoded(request, encoded("zstd-8mb", LONG));
      pair.server.respond(request, plain(LONG));
      pair.server.endResponse(request);

      List<ClientEvent> events = pair.toClient();

      assertThat(text(events, request)).isEqualTo("status " + LONG + LONG);
      assertThat(events).endsWith(new ClientEvent.ResponseEnded(request));
    }
  }

  @Test
  void failureEndsOnlyTheStreamOfItsResponse() {
    try (Pair pair = new Pair("zstd-8mb", "identity")) {
      int failing = pair.call("a");
      int other = pair.call("b");
      pair.toServer();
      pair.server.respond(other, plain(LONG));
      pair.server.respondEncoded(failing, encoded("zstd-8mb", LONG));
      pair.server.failResponse(
          failing, new ErrorResponse(ErrorResponse.Type.SERVER, RichMessage.of("no")));
      pair.server.respond(other, plain(LONG));
      pair.server.endResponse(other);

      List<ClientEvent> events = pair.toClient();

      assertThat(text(events, failing)).isEqualTo(LONG);
      assertThat(events).anyMatch(ClientEvent.ErrorReceived.class::isInstance);
      assertThat(text(events, other)).isEqualTo(LONG + LONG);
      assertThat(events).endsWith(new ClientEvent.ResponseEnded(other));
    }
  }

  @Test
  void idsOfOpenStreamsAreNotReused() {
    try (Pair pair = new Pair("zstd-8mb", "identity")) {
      int open = pair.call("open");
      int shared = pair.call("shared");
      pair.toServer();
      pair.server.respond(shared, plain("status "));
      pair.server.respondEncoded(open, encoded("zstd-8mb", "first"));
      List<ClientEvent> events = new ArrayList<>(pair.toClient());
      for (int i = 0; i < 300; i++) {
        int request = pair.call("a");
        pair.toServer();
        pair.server.respondEncoded(request, encoded("zstd-8mb", LONG));
        pair.server.endResponse(request);
        assertThat(text(pair.toClient(), request)).isEqualTo(LONG);
      }
      pair.server.endResponse(open);
      pair.server.respond(shared, plain(LONG));
      pair.server.endResponse(shared);
      events.addAll(pair.toClient());

      assertThat(text(events, open)).isEqualTo("first");
      assertThat(text(events, shared)).isEqualTo("status " + LONG);
      assertThat(events).endsWith(new ClientEvent.ResponseEnded(shared));
    }
  }

  @Test
  void framesKeepTheLimitAndTheLastEndsTheStream() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, 16);
    try (Pair pair = new Pair("zstd-8mb", "identity");
        ServerReactor server = new ServerReactor(limits, ContentEncodings.standard())) {
      int request = pair.call("a");
      for (ByteBuffer sent = pair.client.pollOutput();
          sent != null;
          sent = pair.client.pollOutput()) {
        server.receive(sent);
        Events.all(server);
      }
      server.respondEncoded(request, encoded("zstd-8mb", LONG));
      server.endResponse(request);

      Set<Integer> flags = new HashSet<>();
      FrameHeader last = null;
      for (ByteBuffer frame = server.pollOutput(); frame != null; frame = server.pollOutput()) {
        last = FrameHeader.read(frame);
        assertThat(last.payloadLength()).isLessThanOrEqualTo(16);
        assertThat(last.streamId()).isEqualTo(2);
        flags.add(last.streamFlags());
      }

      assertThat(flags)
          .containsExactlyInAnyOrder(StreamFlags.BEGIN, StreamFlags.ENCODED, StreamFlags.END);
      assertThat(last).isNotNull();
      assertThat(last.streamFlags()).isEqualTo(StreamFlags.END);
    }
  }

  @Test
  void atMostEightResponsesHaveTheirOwnStream() {
    try (Pair pair = new Pair("zstd-8mb", "identity")) {
      List<Integer> requests = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        requests.add(pair.call("a"));
      }
      pair.toServer();
      for (int request : requests.subList(0, 8)) {
        pair.server.respondEncoded(request, encoded("zstd-8mb", LONG));
      }

      assertThatIllegalStateException()
          .isThrownBy(() -> pair.server.respondEncoded(requests.get(8), encoded("zstd-8mb", LONG)));
    }
  }

  @Test
  void clientWithoutEncodingsHasNone() {
    try (Pair pair = new Pair("identity", "identity")) {
      int request = pair.call("a");
      pair.toServer();

      assertThat(pair.server.responseEncoding()).isNull();
      assertThatIllegalStateException()
          .isThrownBy(() -> pair.server.respondEncoded(request, encoded("zlib", LONG)));
    }
  }
}
