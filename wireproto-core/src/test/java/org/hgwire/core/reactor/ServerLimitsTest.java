// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.message.SenderSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every limit that a server enforces on a client: accepted at the limit, refused beyond it. */
final class ServerLimitsTest {
  private static final int NEW = FrameType.REQUEST_NEW;
  private static final int MORE = FrameType.REQUEST_MORE;
  private static final int CONTINUATION = FrameType.REQUEST_CONTINUATION;

  private static final WireLimits SMALL =
      WireLimits.defaults()
          .with(WireLimit.MAX_REQUEST_BYTES, 1_000)
          .with(WireLimit.MAX_REQUEST_FRAMES, 40)
          .with(WireLimit.MAX_EMPTY_REQUEST_FRAMES, 3)
          .with(WireLimit.MAX_HALF_OPEN_REQUESTS, 5)
          .with(WireLimit.MAX_HALF_OPEN_BYTES, 2_500)
          .with(WireLimit.MAX_OPEN_STREAMS, 4)
          .with(WireLimit.MAX_SENDER_SETTINGS_BYTES, 100)
          .with(WireLimit.MAX_SENDER_SETTINGS_FRAMES, 4)
          .with(WireLimit.MAX_SENDER_SETTINGS_NAMES, 6)
          .with(WireLimit.MAX_STREAM_SETTINGS_BYTES, 30)
          .with(WireLimit.MAX_STREAM_SETTINGS_FRAMES, 4);

  /** Feeds frames until the reactor fails; returns how many frames it accepted. */
  private static int accepted(WireLimits limits, int max, IntFunction<Frame> frames) {
    try (ServerReactor reactor = new ServerReactor(limits, ContentEncodings.standard())) {
      for (int i = 0; i < max; i++) {
        reactor.receive(frames.apply(i).encode());
        WireErrorCode code = Events.failure(Events.all(reactor));
        if (code != null) {
          assertThat(code).isEqualTo(WireErrorCode.LIMIT);
          return i;
        }
      }
      return max;
    }
  }

  private static Frame request(int id, int index, int flags, int bytes) {
    return Frame.of(
        id,
        1,
        index == 0 ? StreamFlags.BEGIN : 0,
        FrameType.COMMAND_REQUEST,
        flags,
        ByteBuffer.allocate(bytes));
  }

  @Test
  void framesOfARequest() {
    assertThat(accepted(SMALL, 100, i -> request(1, i, (i == 0 ? NEW : CONTINUATION) | MORE, 1)))
        .isEqualTo(40);
  }

  @Test
  void bytesOfARequest() {
    assertThat(accepted(SMALL, 100, i -> request(1, i, (i == 0 ? NEW : CONTINUATION) | MORE, 100)))
        .isEqualTo(10);
  }

  @Test
  void emptyFramesOfARequest() {
    assertThat(accepted(SMALL, 100, i -> request(1, i, (i == 0 ? NEW : CONTINUATION) | MORE, 0)))
        .isEqualTo(3);
  }

  @Test
  void seventeenthEmptyFrameIsRefused() {
    assertThat(
            accepted(
                WireLimits.defaults(),
                1_000_000,
                i -> request(1, i, (i == 0 ? NEW : CONTINUATION) | MORE, 0)))
        .isEqualTo(16);
  }

  @Test
  void halfOpenRequests() {
    assertThat(accepted(SMALL, 100, i -> request(2 * i + 1, i, NEW | MORE, 1))).isEqualTo(5);
    assertThat(accepted(WireLimits.defaults(), 32_768, i -> request(2 * i + 1, i, NEW | MORE, 1)))
        .isEqualTo(16);
  }

  @Test
  void requestsWithoutTheirDataAreHalfOpen() {
    ByteBuffer payload =
        CborEncoder.encode(CborMap.builder().put("name", CborBytes.utf8("x")).build())
            .asByteBuffer();
    assertThat(
            accepted(
                SMALL,
                100,
                i ->
                    Frame.of(
                        2 * i + 1,
                        1,
                        i == 0 ? StreamFlags.BEGIN : 0,
                        FrameType.COMMAND_REQUEST,
                        NEW | FrameType.REQUEST_HAVE_DATA,
                        payload.duplicate())))
        .isEqualTo(5);
  }

  @Test
  void bytesOfAllHalfOpenRequests() {
    assertThat(accepted(SMALL, 5, i -> request(2 * i + 1, i, NEW | MORE, 500))).isEqualTo(5);
    assertThat(accepted(SMALL, 5, i -> request(2 * i + 1, i, NEW | MORE, 501))).isEqualTo(4);
  }

  @Test
  void completeRequestsAreNotHalfOpen() {
    assertThat(accepted(SMALL, 300, i -> request(2 * i + 1, i, NEW, 900))).isEqualTo(300);
  }

  @Test
  void openStreams() {
    assertThat(
            accepted(
                SMALL,
                100,
                i ->
                    Frame.of(
                        2 * i + 1,
                        2 * i + 1,
                        StreamFlags.BEGIN,
                        FrameType.COMMAND_REQUEST,
                        NEW,
                        ByteBuffer.allocate(1))))
        .isEqualTo(4);
  }

  @Test
  void streamsThatEndedAreNotOpen() {
    assertThat(
            accepted(
                SMALL,
                100,
                i ->
                    Frame.of(
                        2 * i + 1,
                        2 * i + 1,
                        StreamFlags.BEGIN | StreamFlags.END,
                        FrameType.COMMAND_REQUEST,
                        NEW,
                        ByteBuffer.allocate(1))))
        .isEqualTo(100);
  }

  private static Frame settings(FrameType type, int index, int flags, int bytes) {
    return Frame.of(
        1, 1, index == 0 ? StreamFlags.BEGIN : 0, type, flags, ByteBuffer.allocate(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "SENDER_PROTOCOL_SETTINGS, 1, 4",
    "SENDER_PROTOCOL_SETTINGS, 0, 4",
    "SENDER_PROTOCOL_SETTINGS, 50, 2",
    "SENDER_PROTOCOL_SETTINGS, 101, 0",
    "STREAM_SETTINGS, 1, 4",
    "STREAM_SETTINGS, 0, 4",
    "STREAM_SETTINGS, 15, 2",
    "STREAM_SETTINGS, 31, 0"
  })
  void framesAndBytesOfSettings(FrameType type, int bytes, int expected) {
    assertThat(accepted(SMALL, 50, i -> settings(type, i, FrameType.CONTINUATION, bytes)))
        .isEqualTo(expected);
  }

  @Test
  void namesInSenderSettings() {
    for (int names = 5; names < 9; names++) {
      List<String> list = new ArrayList<>();
      for (int i = 0; i < names; i++) {
        list.add("e" + i);
      }
      ByteBuffer payload =
          CborEncoder.encode(new SenderSettings(list, false, false).toCbor()).asByteBuffer();
      int accepted =
          accepted(
              SMALL,
              1,
              i ->
                  Frame.of(
                      1,
                      1,
                      StreamFlags.BEGIN,
                      FrameType.SENDER_PROTOCOL_SETTINGS,
                      FrameType.EOS,
                      payload));
      assertThat(accepted).isEqualTo(names <= 6 ? 1 : 0);
    }
  }

  @Test
  void senderSettingsMayBeSplitAtEveryByte() {
    SenderSettings settings = new SenderSettings(List.of("zlib", "identity"), true, true);
    byte[] payload = CborEncoder.encode(settings.toCbor()).toByteArray();
    for (int first = 0; first <= payload.length; first++) {
      try (ServerReactor reactor =
          new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
        reactor.receive(
            Frame.of(
                    1,
                    1,
                    StreamFlags.BEGIN,
                    FrameType.SENDER_PROTOCOL_SETTINGS,
                    FrameType.CONTINUATION,
                    ByteBuffer.wrap(payload, 0, first))
                .encode());
        assertThat(Events.all(reactor)).isEmpty();
        reactor.receive(
            Frame.of(
                    1,
                    1,
                    0,
                    FrameType.SENDER_PROTOCOL_SETTINGS,
                    FrameType.EOS,
                    ByteBuffer.wrap(payload, first, payload.length - first))
                .encode());
        assertThat(Events.all(reactor))
            .containsExactly(new ServerEvent.SenderSettingsReceived(settings));
      }
    }
  }

  @Test
  void oversizedFrameIsRefusedAtItsHeader() {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      ByteBuffer header = ByteBuffer.allocate(FrameHeader.BYTES);
      new FrameHeader(0xffffff, 1, 1, StreamFlags.BEGIN, 1, NEW).write(header);
      reactor.receive(header.flip());
      assertThat(Events.failure(Events.all(reactor))).isEqualTo(WireErrorCode.LIMIT);
    }
  }

  /** A gigabyte of zeros in a frame or two is refused as soon as a request exceeds its limit. */
  @ParameterizedTest
  @CsvSource({"zlib", "zstd-8mb"})
  void requestThatDecodesToTooMuchIsRefused(String name) {
    ContentEncodings encodings = ContentEncodings.named(name);
    ByteBuffer bomb = ByteBuffer.allocate(60_000);
    try (ContentEncoder encoder = encodings.preferred().get(0).newEncoder();
        ServerReactor reactor = new ServerReactor(WireLimits.defaults(), encodings)) {
      ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
      for (int i = 0; i < 40; i++) {
        encoder.encode(zeros.duplicate(), bomb);
      }
      encoder.flush(bomb);
      reactor.receive(Events.bytes("1 1 stream-begin stream-settings eos cbor:b'" + name + "'"));
      assertThat(Events.all(reactor)).isEmpty();
      reactor.receive(
          Frame.of(1, 1, StreamFlags.ENCODED, FrameType.COMMAND_REQUEST, NEW | MORE, bomb.flip())
              .encode());
      assertThat(Events.failure(Events.all(reactor))).isEqualTo(WireErrorCode.LIMIT);
    }
  }

  /** What a frame decodes to is polled slice by slice, never collected. */
  @ParameterizedTest
  @CsvSource({"zlib", "zstd-8mb"})
  void responseBombIsPolledSliceBySlice(String name) {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_DECODED_SLICE, 10_000);
    try (Pair pair = new Pair(limits, name, "identity")) {
      int id = pair.call("rawstorefiledata");
      pair.toServer();
      pair.server.respond(id, ByteBuffer.allocate(5_000_000));
      pair.server.endResponse(id);
      long total = 0;
      for (ByteBuffer out = pair.server.pollOutput(); out != null; out = pair.server.pollOutput()) {
        pair.client.receive(out);
        for (@Nullable ClientEvent event = pair.client.poll();
            event != null;
            event = pair.client.poll()) {
          if (event instanceof ClientEvent.ResponseReceived piece) {
            assertThat(piece.data().remaining()).isBetween(1, 10_000);
            assertThat(piece.data().isReadOnly()).isTrue();
            total += piece.data().remaining();
          }
        }
      }
      assertThat(total).isEqualTo(5_000_000);
    }
  }

  @Test
  void messageThatDecodesToMoreThanAFrameFails() {
    ContentEncodings zlib = ContentEncodings.named("zlib");
    ByteBuffer bomb = ByteBuffer.allocate(60_000);
    try (ContentEncoder encoder = zlib.preferred().get(0).newEncoder();
        ClientReactor reactor = ClientReactorErrorsTest.called()) {
      encoder.encode(ByteBuffer.allocate(65_536), bomb);
      encoder.flush(bomb);
      reactor.receive(Events.bytes("1 2 stream-begin stream-settings eos cbor:b'zlib'"));
      assertThat(Events.all(reactor)).isEmpty();
      reactor.receive(
          Frame.of(1, 2, StreamFlags.ENCODED, FrameType.ERROR_RESPONSE, 0, bomb.flip()).encode());
      List<ClientEvent> events = Events.all(reactor);
      assertThat(events).hasSize(1);
      assertThat(((ClientEvent.RequestFailed) events.get(0)).fault().code())
          .isEqualTo(WireErrorCode.LIMIT);
      assertThat(reactor.activeRequests()).isEqualTo(1);
    }
  }
}
