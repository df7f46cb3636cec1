// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.junit.jupiter.api.Test;

/** A client accepts nothing more from the encoder of an interrupted response. */
final class RetiredStreamTest {
  private static final String FAILED =
      "1 2 0 error-response 0 cbor:{b'type': b'server', b'message': [{b'msg': b'no'}]}";

  /** Returns what a client receives from a server that continues with the same encoder. */
  private static List<ClientEvent> dialogue(String encoding) {
    try (ClientReactor reactor = ClientReactorErrorsTest.called();
        ContentEncoder encoder = ContentEncodings.named(encoding).preferred().get(0).newEncoder()) {
      ByteBuffer sent = ByteBuffer.allocate(4096);
      sent.put(Events.bytes("1 2 stream-begin stream-settings eos cbor:b'" + encoding + "'"));
      sent.put(frame(1, FrameType.CONTINUATION, encoded(encoder, "begun", true)));
      ByteBuffer kept = encoded(encoder, "left over", false);
      sent.put(Events.bytes(FAILED));
      ByteBuffer next = encoded(encoder, "next", true);
      ByteBuffer both =
          ByteBuffer.allocate(kept.remaining() + next.remaining()).put(kept).put(next).flip();
      sent.put(frame(3, FrameType.EOS, both));
      reactor.receive(sent.flip());
      return Events.all(reactor);
    }
  }

  private static ByteBuffer encoded(ContentEncoder encoder, String text, boolean flush) {
    ByteBuffer output = ByteBuffer.allocate(1024);
    encoder.encode(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), output);
    if (flush) {
      assertThat(encoder.flush(output)).isTrue();
    }
    return output.flip();
  }

  private static ByteBuffer frame(int requestId, int flags, ByteBuffer payload) {
    return Frame.of(requestId, 2, StreamFlags.ENCODED, FrameType.COMMAND_RESPONSE, flags, payload)
        .encode();
  }

  @Test
  void bufferedBytesOfAnInterruptedResponseAreDropped() {
    List<ClientEvent> events = dialogue("zlib");

    assertThat(events.get(1)).isInstanceOf(ClientEvent.ErrorReceived.class);
    assertThat(Pair.response(events, 3)).isEmpty();
    ClientEvent.RequestFailed failed = (ClientEvent.RequestFailed) events.get(2);
    assertThat(failed.requestId()).isEqualTo(3);
    assertThat(failed.fault().code()).isEqualTo(WireErrorCode.ENCODING_CORRUPT);
    assertThat(failed.fault().scope()).isEqualTo(ErrorScope.STREAM);
    assertThat(events).hasSize(3);
  }

  @Test
  void identityBuffersNothingAndContinues() {
    List<ClientEvent> events = dialogue("identity");

    assertThat(new String(Pair.response(events, 3), StandardCharsets.US_ASCII))
        .isEqualTo("left overnext");
    assertThat(events).endsWith(new ClientEvent.ResponseEnded(3));
  }

  @Test
  void errorBeforeTheResponseRetiresNothing() {
    try (ClientReactor reactor = ClientReactorErrorsTest.called();
        ContentEncoder encoder = ContentEncodings.named("zlib").preferred().get(0).newEncoder()) {
      ByteBuffer sent = ByteBuffer.allocate(4096);
      sent.put(Events.bytes("1 2 stream-begin stream-settings eos cbor:b'zlib'", FAILED));
      sent.put(frame(3, FrameType.EOS, encoded(encoder, "sound", true)));
      reactor.receive(sent.flip());
      List<ClientEvent> events = Events.all(reactor);

      assertThat(new String(Pair.response(events, 3), StandardCharsets.US_ASCII))
          .isEqualTo("sound");
    }
  }
}
