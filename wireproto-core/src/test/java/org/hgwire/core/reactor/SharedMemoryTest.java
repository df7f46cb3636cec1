// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.message.CommandRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reactors take of the memory that they share, and that they give all of it back. */
final class SharedMemoryTest {
  private static final long MIB = 1024 * 1024;

  private final ServerMemory memory =
      new ServerMemory(
          new ByteBudget(MIB),
          EncoderPool.within(new ByteBudget(9 * MIB)),
          new ByteBudget(9 * MIB));

  private ServerReactor reactor() {
    return new ServerReactor(WireLimits.defaults(), ContentEncodings.standard(), memory);
  }

  private static ByteBuffer request(int flags, byte[] payload) {
    return Frame.of(
            1, 1, StreamFlags.BEGIN, FrameType.COMMAND_REQUEST, flags, ByteBuffer.wrap(payload))
        .encode();
  }

  private static byte[] encoded(CborValue argument) {
    CborMap arguments = CborMap.builder().put("x", argument).build();
    return CborEncoder.encode(CommandRequest.of("heads", arguments).toCbor()).toByteArray();
  }

  private static ByteBuffer call(String encoding) {
    return frames(
        frame(
            FrameType.SENDER_PROTOCOL_SETTINGS,
            StreamFlags.BEGIN,
            FrameType.EOS,
            CborMap.builder()
                .put("contentencodings", CborArray.of(CborBytes.utf8(encoding)))
                .build()),
        frame(
            FrameType.COMMAND_REQUEST,
            0,
            FrameType.REQUEST_NEW,
            CommandRequest.of("heads", CborMap.empty()).toCbor()));
  }

  private static ByteBuffer frame(FrameType type, int streamFlags, int flags, CborValue payload) {
    return Frame.of(1, 1, streamFlags, type, flags, CborEncoder.encode(payload).asByteBuffer())
        .encode();
  }

  private static ByteBuffer frames(ByteBuffer... parts) {
    ByteBuffer all = ByteBuffer.allocate(1 << 16);
    for (ByteBuffer part : parts) {
      all.put(part);
    }
    return all.flip();
  }

  private static void feed(ServerReactor reactor, ByteBuffer input) {
    reactor.receive(input);
    assertThat(Events.failure(Events.all(reactor))).isNull();
  }

  @Test
  void partOfFrameIsHeld() {
    try (ServerReactor reactor = reactor()) {
      feed(reactor, request(FrameType.REQUEST_NEW, new byte[60_000]).limit(20_000));
      assertThat(memory.requests().taken()).isBetween(20_000 - HeldBytes.FREE - 8, 2 * 20_000L);
    }
    assertThat(memory.requests().taken()).isZero();
  }

  @Test
  void manyHalfOpenRequestsOfManyReactorsAreRefused() {
    List<ServerReactor> reactors = new ArrayList<>();
    int flags = FrameType.REQUEST_NEW | FrameType.REQUEST_MORE;
    WireErrorCode refusal = null;
    while (refusal == null && reactors.size() < 1_000) {
      ServerReactor reactor = reactor();
      reactors.add(reactor);
      reactor.receive(request(flags, new byte[20_000]));
      refusal = Events.failure(Events.all(reactor));
    }
    assertThat(refusal).isEqualTo(WireErrorCode.OVERLOADED);
    assertThat(reactors).hasSizeBetween(20, 40);
    try (ServerReactor small = reactor()) {
      feed(small, request(FrameType.REQUEST_NEW, encoded(CborInteger.of(1))));
      assertThat(small.activeRequests()).isEqualTo(1);
    }
    reactors.forEach(ServerReactor::close);
    assertThat(memory.requests().taken()).isZero();
  }

  @Test
  void decodedFormIsHeldUntilTheResponseEnds() {
    List<CborValue> items = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      items.add(CborInteger.of(i));
    }
    try (ServerReactor reactor = reactor()) {
      feed(reactor, request(FrameType.REQUEST_NEW, encoded(new CborArray(items))));
      assertThat(memory.requests().taken()).isBetween(4_000 * 64 - HeldBytes.FREE, 4_000 * 80L);
      reactor.endResponse(1);
      assertThat(memory.requests().taken()).isZero();
    }
  }

  @Test
  void requestWithMoreItemsThanThereIsMemoryForIsRefused() {
    List<CborValue> items = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      items.add(CborInteger.of(1));
    }
    try (ServerReactor reactor = reactor()) {
      reactor.receive(request(FrameType.REQUEST_NEW, encoded(new CborArray(items))));
      assertThat(Events.failure(Events.all(reactor))).isEqualTo(WireErrorCode.OVERLOADED);
    }
    assertThat(memory.requests().taken()).isZero();
  }

  @Test
  void oneLongStringNeedsItsLengthAlone() {
    byte[] payload = encoded(new CborBytes(ByteString.copyOf(new byte[60_000])));
    try (ServerReactor reactor = reactor()) {
      feed(reactor, request(FrameType.REQUEST_NEW, payload));
      assertThat(memory.requests().taken()).isLessThan(64_000);
    }
  }

  @Test
  void decodersComeOutOfTheirBudget() {
    try (ServerReactor first = reactor();
        ServerReactor second = reactor()) {
      ByteBuffer settings =
          frame(
              FrameType.STREAM_SETTINGS,
              StreamFlags.BEGIN,
              FrameType.EOS,
              CborBytes.utf8("zstd-8mb"));
      first.receive(frames(call("identity"), other(settings.duplicate())));
      assertThat(Events.failure(Events.all(first))).isNull();
      assertThat(memory.decoders().taken()).isBetween(8 * MIB, 9 * MIB);
      second.receive(frames(call("identity"), other(settings)));
      assertThat(Events.failure(Events.all(second))).isEqualTo(WireErrorCode.OVERLOADED);
    }
    assertThat(memory.decoders().taken()).isZero();
  }

  /** Moves a frame to stream 3. */
  private static ByteBuffer other(ByteBuffer frame) {
    return frame.put(5, (byte) 3);
  }

  @Test
  void shortResponseHasNoEncoder() {
    try (ServerReactor reactor = reactor()) {
      feed(reactor, call("zstd-8mb"));
      reactor.respond(1, ByteBuffer.allocate(4_096));
      assertThat(memory.encoders().taken()).isZero();
      reactor.endResponse(1);
    }
  }

  @Test
  void responsesWithoutMemoryForAnEncoderAreNotEncoded() {
    List<ServerReactor> reactors = new ArrayList<>();
    int encoded = 0;
    for (int i = 0; i < 5; i++) {
      ServerReactor reactor = reactor();
      reactors.add(reactor);
      feed(reactor, call("zstd-8mb"));
      reactor.respond(1, ByteBuffer.allocate(100_000));
      reactor.endResponse(1);
      long size = 0;
      for (ByteBuffer out = reactor.pollOutput(); out != null; out = reactor.pollOutput()) {
        size += out.remaining();
      }
      encoded += size < 1_000 ? 1 : 0;
    }
    assertThat(encoded).isEqualTo(2);
    assertThat(memory.encoders().taken()).isEqualTo(8 * MIB);
    reactors.forEach(ServerReactor::close);
    assertThat(memory.encoders().taken()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void responseContinuesAfterItsEncoderWasReleased(String encoding) {
    byte[] noise = new byte[300_000];
    new Random(7).nextBytes(noise);
    try (Pair pair = new Pair(encoding, "identity")) {
      int id = pair.call("heads");
      pair.toServer();
      List<ClientEvent> events = new ArrayList<>();
      for (int at = 0; at < noise.length; at += 10_000) {
        pair.server.respond(id, ByteBuffer.wrap(noise, at, 10_000));
        if (at % 30_000 == 0) {
          pair.server.releaseEncoder();
        }
        events.addAll(pair.toClient());
      }
      pair.server.releaseEncoder();
      pair.server.endResponse(id);
      events.addAll(pair.toClient());
      assertThat(events).hasAtLeastOneElementOfType(ClientEvent.ResponseEnded.class);
      assertThat(Pair.response(events, id)).isEqualTo(noise);
      int next = pair.call("heads");
      pair.toServer();
      pair.server.respond(next, ByteBuffer.wrap(noise));
      pair.server.endResponse(next);
      assertThat(Pair.response(pair.toClient(), next)).isEqualTo(noise);
    }
  }

  @Test
  void releasedEncoderIsGivenBack() {
    try (ServerReactor reactor = reactor()) {
      feed(reactor, call("zstd-8mb"));
      reactor.respond(1, ByteBuffer.allocate(100_000));
      assertThat(memory.encoders().taken()).isEqualTo(4 * MIB);
      reactor.releaseEncoder();
      assertThat(memory.encoders().taken()).isZero();
    }
  }
}
