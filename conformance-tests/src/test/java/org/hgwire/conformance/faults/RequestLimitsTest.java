// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hgwire.conformance.faults.Conversation.Outcome;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault 6: everything that a client sends is limited: what is at the limit is accepted, one more is
 * refused.
 */
@Timeout(120)
final class RequestLimitsTest {
  private static final String COUNTS =
      "1 1 stream-begin command-request new|have-data cbor:{b'name': b'counts'}";

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
  void requestOver4MebibytesIsRefused() throws Exception {
    int max = WireLimits.defaults().intOf(WireLimit.MAX_REQUEST_BYTES);
    int around =
        CborEncoder.encode(Conversation.echo("x".repeat(70_000)).toCbor()).length() - 70_000;
    for (int over = 0; over <= 1; over++) {
      try (Conversation conversation = new Conversation("identity", "identity")) {
        Outcome outcome = conversation.call(Conversation.echo("x".repeat(max - around + over)));

        ServerResponse response = server.send(conversation.output());

        assertThat(response.status()).isEqualTo(over == 0 ? 200 : 400);
        if (over == 0) {
          conversation.read(response.body());
          assertThat(outcome.ended).isTrue();
        } else {
          assertThat(response.text()).contains("" + max);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd-8mb"})
  void decodedSizeOfARequestIsLimited(String encoding) throws Exception {
    int max = WireLimits.defaults().intOf(WireLimit.MAX_REQUEST_BYTES);
    try (Conversation conversation = new Conversation("identity", encoding)) {
      conversation.call(Conversation.echo("x".repeat(max)));
      byte[] packed = conversation.output();
      assertThat(packed).hasSizeLessThan(max / 100);

      ServerResponse response = server.send(packed);

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.text()).contains("" + max);
    }
  }

  @Test
  void requestOver8192FramesIsRefused() throws Exception {
    byte[] payload =
        CborEncoder.encode(Conversation.echo("t".repeat(9_000)).toCbor()).toByteArray();
    for (int frames : new int[] {8_192, 8_193}) {
      ServerResponse response = server.send(inFrames(payload, frames));

      assertThat(response.status()).isEqualTo(frames == 8_192 ? 200 : 400);
    }
  }

  /** Returns a request whose first frames have one byte each, and the last one the rest. */
  private static byte[] inFrames(byte[] payload, int frames) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < frames; i++) {
      boolean last = i == frames - 1;
      int flags =
          (i == 0 ? FrameType.REQUEST_NEW : FrameType.REQUEST_CONTINUATION)
              | (last ? 0 : FrameType.REQUEST_MORE);
      body.writeBytes(
          Frame.of(
                  1,
                  1,
                  i == 0 ? StreamFlags.BEGIN : 0,
                  FrameType.COMMAND_REQUEST,
                  flags,
                  ByteBuffer.wrap(payload, i, last ? payload.length - i : 1))
              .encode()
              .array());
    }
    return body.toByteArray();
  }

  @Test
  void emptyFramesAreLimited() throws Exception {
    byte[] first =
        Frame.of(1, 1, 1, FrameType.COMMAND_REQUEST, 5, ByteBuffer.allocate(0)).encode().array();
    byte[] next =
        Frame.of(1, 1, 0, FrameType.COMMAND_REQUEST, 6, ByteBuffer.allocate(0)).encode().array();

    ServerResponse response = server.send(repeated(first, next, 1_000_000));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.text()).contains("empty frames").contains("16");
  }

  @Test
  void emptyDataFramesReachNoCommand() throws Exception {
    byte[] next =
        Frame.of(1, 1, 0, FrameType.COMMAND_DATA, 1, ByteBuffer.allocate(0)).encode().array();

    ServerResponse response =
        server.send(repeated(ServerUnderTest.frames(COUNTS), next, 1_000_000));

    assertThat(response.status()).isEqualTo(400);
    assertThat(server.commands.dataBytes).hasValue(0);
  }

  private static byte[] repeated(byte[] first, byte[] next, int times) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(first.length + next.length * times);
    body.writeBytes(first);
    for (int i = 0; i < times; i++) {
      body.writeBytes(next);
    }
    return body.toByteArray();
  }

  @Test
  void halfOpenRequestsAreLimitedTo16() throws Exception {
    assertThat(server.send(halfOpen(16)).text()).contains("ended before 16 requests");
    for (int count : new int[] {17, 32_768}) {
      ServerResponse response = server.send(halfOpen(count));
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.text()).contains("half-open").contains("16");
    }
  }

  private static byte[] halfOpen(int count) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      body.writeBytes(
          Frame.of(
                  2 * i + 1,
                  1,
                  i == 0 ? StreamFlags.BEGIN : 0,
                  FrameType.COMMAND_REQUEST,
                  FrameType.REQUEST_NEW | FrameType.REQUEST_MORE,
                  ByteBuffer.wrap(new byte[] {(byte) 0xa1}))
              .encode()
              .array());
    }
    return body.toByteArray();
  }

  @Test
  void senderSettingsAreLimited() throws Exception {
    String first = "1 1 stream-begin sender-protocol-settings continuation ";
    String more = "1 1 0 sender-protocol-settings continuation ";
    assertThat(server.send(ServerUnderTest.frames(settings(32), request())).status())
        .isEqualTo(200);
    assertThat(server.send(ServerUnderTest.frames(settings(33), request())).status())
        .isEqualTo(400);
    String half = "a".repeat(33_000);
    assertThat(server.send(ServerUnderTest.frames(first + half, more + half)).text())
        .contains("65536");
    String[] nine = new String[9];
    Arrays.fill(nine, more + "a");
    nine[0] = first + "a";
    assertThat(server.send(ServerUnderTest.frames(nine)).text()).contains("8").contains("frames");
  }

  private static String settings(int names) {
    StringBuilder line =
        new StringBuilder(
            "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings':"
                + " [b'identity'");
    for (int i = 1; i < names; i++) {
      line.append(", b'name").append(i).append('\'');
    }
    return line.append("]}").toString();
  }

  private static String request() {
    return "1 1 0 command-request new cbor:{b'name': b'nothing'}";
  }

  @Test
  void moreThan100ActiveRequestsAreNotRefused() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteString payload = CborEncoder.encode(Conversation.echo("e".repeat(20_000)).toCbor());
    for (int i = 0; i < 1_000; i++) {
      body.writeBytes(
          Frame.of(
                  2 * i + 1,
                  1,
                  i == 0 ? StreamFlags.BEGIN : 0,
                  FrameType.COMMAND_REQUEST,
                  FrameType.REQUEST_NEW,
                  payload.asByteBuffer())
              .encode()
              .array());
    }

    ServerResponse response;
    try (RawConnection connection = new RawConnection(server.port())) {
      // A client that reads only after it has sent everything would wait forever.
      CompletableFuture<Void> upload =
          CompletableFuture.runAsync(
              () -> {
                try {
                  connection.head("multirequest", body.size()).send(body.toByteArray());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      response = connection.response();
      upload.get(30, TimeUnit.SECONDS);
    }

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.frames().stream().filter(f -> f.header().hasFlag(FrameType.EOS)))
        .hasSize(1_000);
  }

  @Test
  void openStreamsAreLimitedTo16() throws Exception {
    for (int count : new int[] {16, 17}) {
      String[] lines = new String[count];
      for (int i = 0; i < count; i++) {
        int id = 2 * i + 1;
        lines[i] = id + " " + id + " stream-begin command-request new cbor:{b'name': b'nothing'}";
      }
      ServerResponse response = server.send(ServerUnderTest.frames(lines));

      assertThat(response.status()).isEqualTo(count == 16 ? 200 : 400);
    }
  }

  @Test
  void streamSettingsAreLimited() throws Exception {
    String first = "1 1 stream-begin stream-settings continuation ";
    String more = "1 1 0 stream-settings continuation ";
    assertThat(
            server
                .send(
                    ServerUnderTest.frames(
                        first + "\\x44", more + "zl", "1 1 0 stream-settings eos ib", request()))
                .status())
        .isEqualTo(200);
    String half = "a".repeat(2_100);
    assertThat(server.send(ServerUnderTest.frames(first + half, more + half)).text())
        .contains("4096");
    String[] nine = new String[9];
    Arrays.fill(nine, more + "a");
    nine[0] = first + "a";
    assertThat(server.send(ServerUnderTest.frames(nine)).text()).contains("8").contains("frames");
  }
}
