// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.faults.Conversation.Outcome;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault 3: the ids of requests and streams wrap around, and skip those in use. */
@Timeout(120)
final class IdsTest {
  private ServerUnderTest server;

  @BeforeEach
  void start() throws Exception {
    server = ServerUnderTest.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requestIdsWrapWithoutLosingRequests() throws Exception {
    int requests = 32_768 + 500;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] nothing = CborEncoder.encode(Conversation.request("nothing").toCbor()).toByteArray();
    for (int i = 0; i < requests; i++) {
      body.writeBytes(
          Frame.of(
                  (2 * i + 1) & 0xffff,
                  1,
                  i == 0 ? StreamFlags.BEGIN : 0,
                  FrameType.COMMAND_REQUEST,
                  FrameType.REQUEST_NEW,
                  ByteBuffer.wrap(nothing))
              .encode()
              .array());
    }

    List<Frame> responses = server.send(body.toByteArray()).frames();

    assertThat(responses).hasSize(requests);
    assertThat(responses.get(requests - 1).header().requestId()).isEqualTo(999);
  }

  @Test
  void clientStreamIdsAreReused() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < 1_000; i++) {
      body.writeBytes(
          Frame.of(
                  2 * i + 1,
                  (2 * i + 1) & 0xff,
                  StreamFlags.BEGIN | StreamFlags.END,
                  FrameType.COMMAND_REQUEST,
                  FrameType.REQUEST_NEW,
                  CborEncoder.encode(Conversation.request("nothing").toCbor()).asByteBuffer())
              .encode()
              .array());
    }

    ServerResponse response = server.send(body.toByteArray());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.frames()).hasSize(1_000);
  }

  @Test
  void clientRequestIdsWrapAndSkipThoseInUse() {
    try (ClientReactor reactor =
        new ClientReactor(
            WireLimits.defaults(),
            ContentEncodings.named("identity"),
            ContentEncodings.named("identity").preferred().get(0))) {
      assertThat(reactor.call(Conversation.request("endless"), false)).isEqualTo(1);
      String begin = "stream-begin";
      for (int i = 0; i < 40_000; i++) {
        int id = reactor.call(Conversation.request("nothing"), false);
        assertThat(id).isEqualTo(3 + 2 * (i % 32_767));
        while (reactor.pollOutput() != null) {
          assertThat(reactor.activeRequests()).isEqualTo(2);
        }
        reactor.receive(
            ByteBuffer.wrap(
                ServerUnderTest.frames(
                    id + " 2 " + begin + " command-response eos cbor:{b'status': b'ok'}")));
        begin = "0";
        assertThat(reactor.poll()).isInstanceOf(ClientEvent.ResponseReceived.class);
        assertThat(reactor.poll()).isEqualTo(new ClientEvent.ResponseEnded(id));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd-8mb"})
  void serverStreamIdsWrapAfterHundredsOfStreams(String encoding) throws Exception {
    try (Conversation conversation = new Conversation(encoding, "identity")) {
      List<Outcome> broken = new ArrayList<>();
      List<Outcome> sound = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        broken.add(conversation.call(Conversation.request("breaks")));
        sound.add(conversation.call(Conversation.echo("text " + i)));
      }

      conversation.read(server.send(conversation.output()).body());

      for (int i = 0; i < 300; i++) {
        assertThat(broken.get(i).error).isNotNull();
        assertThat(sound.get(i).objects())
            .containsExactly(ServerResponse.OK, CborBytes.utf8("text " + i));
      }
    }
  }
}
