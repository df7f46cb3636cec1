// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.message.RichMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The frames that both reactors send, in text notation. */
final class EmittedFramesTest {
  private static final String PLAIN =
      "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'identity'],"
          + " b'hgwire-sidechannels': [b'text-output', b'progress']}";

  private static List<String> lines(Supplier<@Nullable ByteBuffer> output) {
    List<String> lines = new ArrayList<>();
    for (ByteBuffer bytes = output.get(); bytes != null; bytes = output.get()) {
      FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
      FrameAssembler frames = new FrameAssembler(decoder);
      decoder.feed(bytes);
      for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
        lines.add(FrameNotation.print(frame));
      }
      decoder.endOfInput();
    }
    return lines;
  }

  private static ClientReactor client(int framePayload, String outgoing) {
    return new ClientReactor(
        WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, framePayload),
        ContentEncodings.named("identity"),
        ContentEncodings.named(outgoing).preferred().get(0));
  }

  private static ServerReactor server(String... lines) {
    ServerReactor server = new ServerReactor(WireLimits.defaults(), ContentEncodings.standard());
    server.receive(Events.bytes(lines));
    assertThat(Events.failure(Events.all(server))).isNull();
    return server;
  }

  @Test
  void clientSendsItsSettingsOnceAndThenRequests() {
    try (ClientReactor client = client(32_768, "identity")) {
      client.call(CommandRequest.of("heads", CborMap.empty()), false);
      client.call(CommandRequest.of("known", CborMap.empty()), false);
      assertThat(lines(client::pollOutput))
          .containsExactly(
              PLAIN,
              "1 1 0 command-request new cbor:{b'args': {}, b'name': b'heads'}",
              "3 1 0 command-request new cbor:{b'args': {}, b'name': b'known'}");
    }
  }

  @Test
  void clientAnnouncesDataOnEveryFrameOfARequest() {
    try (ClientReactor client = client(100, "identity")) {
      CborMap arguments = CborMap.builder().put("a", CborBytes.utf8("x".repeat(210))).build();
      int id = client.call(CommandRequest.of("c", arguments), true);
      client.sendData(id, ByteBuffer.wrap(new byte[] {'a', 'b'}));
      client.flush();
      client.sendData(id, ByteBuffer.wrap(new byte[] {'c'}));
      client.endData(id);
      assertThat(lines(client::pollOutput))
          .map(line -> line.split(" ", 6))
          .map(fields -> String.join(" ", List.of(fields).subList(0, 5)))
          .endsWith(
              "1 1 0 command-request new|more|have-data",
              "1 1 0 command-request continuation|more|have-data",
              "1 1 0 command-request continuation|have-data",
              "1 1 0 command-data continuation",
              "1 1 0 command-data eos");
    }
  }

  @Test
  void clientEncodesOnASeparateStream() {
    try (ClientReactor client = client(32_768, "zlib")) {
      client.call(CommandRequest.of("heads", CborMap.empty()), false);
      assertThat(lines(client::pollOutput))
          .startsWith(PLAIN, "1 3 stream-begin stream-settings eos cbor:b'zlib'")
          .hasSize(3)
          .last()
          .asString()
          .startsWith("1 3 encoded command-request new ");
    }
  }

  @Test
  void serverRespondsWithoutEncodingByDefault() {
    try (ServerReactor server =
        server("1 1 stream-begin command-request new cbor:{b'name': b'heads'}")) {
      server.respond(1, Pair.ok());
      server.textOutput(1, RichMessage.of("nobody asked"));
      server.progress(1, new ProgressUpdate(ByteString.utf8("t"), 1, 1, null, null));
      assertThat(lines(server::pollOutput)).isEmpty();
      server.endResponse(1);
      assertThat(lines(server::pollOutput))
          .containsExactly("1 2 stream-begin command-response eos cbor:{b'status': b'ok'}");
    }
  }

  /** Fault 9 of Mercurial: such a response sends no frame, and its request never completes. */
  @Test
  void responseWithoutObjectsHasALastFrame() {
    try (ServerReactor server =
        server("1 1 stream-begin command-request new cbor:{b'name': b'heads'}")) {
      server.endResponse(1);
      assertThat(lines(server::pollOutput))
          .containsExactly("1 2 stream-begin command-response eos ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "[b'zlib'], zlib",
    "'[b''identity'', b''zlib'', b''zstd-8mb'']', zstd-8mb",
    "'[b''identity'', b''zlib'']', zlib",
  })
  void serverPreferenceWinsAmongClientEncodings(String encodings, String chosen) {
    try (ServerReactor server =
        server(
            "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': "
                + encodings
                + "}",
            "1 1 0 command-request new cbor:{b'name': b'heads'}")) {
      server.respond(1, ByteBuffer.allocate(5_000));
      server.endResponse(1);
      assertThat(lines(server::pollOutput))
          .startsWith("1 2 stream-begin stream-settings eos cbor:b'" + chosen + "'")
          .hasSize(2)
          .last()
          .asString()
          .startsWith("1 2 encoded command-response eos ");
    }
  }

  @Test
  void identityIsUsedIfNothingElseIsCommon() {
    try (ServerReactor server =
        server(
            "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'lzma']}",
            "1 1 0 command-request new cbor:{b'name': b'heads'}")) {
      server.endResponse(1);
      assertThat(lines(server::pollOutput))
          .containsExactly("1 2 stream-begin command-response eos ");
    }
  }

  /** Fault 8 of Mercurial: the next response would contain the rest of the failed one. */
  @Test
  void failedResponseRetiresItsStream() {
    try (ServerReactor server =
        server(
            "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'zlib']}",
            "1 1 0 command-request new cbor:{b'name': b'heads'}",
            "3 1 0 command-request new cbor:{b'name': b'heads'}",
            "5 1 0 command-request new cbor:{b'name': b'heads'}")) {
      server.respond(1, Pair.ok());
      server.failResponse(1, ErrorResponse.of(ErrorResponse.Type.SERVER, "no"));
      server.failResponse(3, ErrorResponse.of(ErrorResponse.Type.COMMAND, "no"));
      server.respond(5, ByteBuffer.allocate(5_000));
      server.endResponse(5);
      assertThat(lines(server::pollOutput))
          .map(line -> line.replaceAll(" eos [^c].*", " eos …"))
          .containsExactly(
              "1 2 stream-begin stream-settings eos cbor:b'zlib'",
              "1 2 stream-end error-response 0 cbor:{b'message': [{b'msg': b'no'}],"
                  + " b'type': b'server'}",
              "3 4 stream-begin stream-settings eos cbor:b'zlib'",
              "3 4 0 error-response 0 cbor:{b'message': [{b'msg': b'no'}], b'type': b'command'}",
              "5 4 encoded command-response eos …");
    }
  }

  @Test
  void framesAreFullIfThereIsEnoughData() {
    try (ServerReactor server =
        server("1 1 stream-begin command-request new cbor:{b'name': b'heads'}")) {
      for (int i = 0; i < 100; i++) {
        server.respond(1, ByteBuffer.allocate(1_000));
      }
      server.endResponse(1);
      List<Integer> sizes = new ArrayList<>();
      for (ByteBuffer b = server.pollOutput(); b != null; b = server.pollOutput()) {
        sizes.add(b.remaining());
      }
      assertThat(sizes).containsExactly(32_776, 32_776, 32_776, 100_000 - 3 * 32_768 + 8);
    }
  }
}
