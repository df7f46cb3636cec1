// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the reactors of Mercurial 5.6.1 do wrong and ours do right; numbered as in the protocol
 * notes.
 */
final class ReferenceFaultsTest {
  private static @Nullable WireErrorCode server(String... lines) {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(Events.bytes(lines));
      return Events.failure(Events.all(reactor));
    }
  }

  private static @Nullable WireErrorCode client(String... lines) {
    return Events.failure(ClientReactorErrorsTest.run(lines));
  }

  @Test
  void fault2WhatTheTextForbidsIsRefused() {
    assertThat(server("2 1 stream-begin command-request new x"))
        .isEqualTo(WireErrorCode.REQUEST_ID);
    assertThat(client("1 2 stream-begin command-response 0 x"))
        .isEqualTo(WireErrorCode.FRAME_FLAGS);
    assertThat(client("1 2 stream-begin command-response continuation|eos x"))
        .isEqualTo(WireErrorCode.FRAME_FLAGS);
    assertThat(client("1 0 stream-begin command-response eos x"))
        .isEqualTo(WireErrorCode.STREAM_ID);
    assertThat(server("1 1 stream-begin|64 command-request new x"))
        .isEqualTo(WireErrorCode.STREAM_FLAGS);
    assertThat(
            client(
                "1 2 stream-begin command-response continuation x",
                "1 2 stream-begin command-response eos x"))
        .isEqualTo(WireErrorCode.STREAM_ALREADY_OPEN);
  }

  @Test
  void fault3RequestIdsAndStreamIdsWrap() {
    try (Pair pair = new Pair("zlib", "identity")) {
      int last = 0;
      for (int i = 0; i < 32_770; i++) {
        last = pair.call("heads");
        pair.toServer();
        if (i < 130) {
          pair.server.respond(last, Pair.ok());
          pair.server.failResponse(last, ErrorResponse.of(ErrorResponse.Type.SERVER, "no"));
        } else {
          pair.server.endResponse(last);
        }
        assertThat(Events.failure(pair.toClient())).isNull();
      }
      assertThat(last).isEqualTo(3);
    }
  }

  @Test
  void fault4NonsenseIsATypedFault() {
    for (String payload : List.of("cbor:[]", "", "\\xa1")) {
      assertThat(server("1 1 stream-begin command-request new " + payload)).isNull();
    }
    List<ClientEvent> corrupt =
        ClientReactorErrorsTest.run(
            "1 2 stream-begin stream-settings eos cbor:b'zlib'",
            "1 2 encoded command-response eos nonsense",
            "3 2 0 error-response 0 \\xff");
    assertThat(corrupt).hasSize(2).allMatch(ClientEvent.RequestFailed.class::isInstance);
  }

  @Test
  void fault5EncodedRequestsOfAnyLengthAreAccepted() {
    try (Pair pair = new Pair("identity", "zstd-8mb")) {
      int id = pair.client.call(CommandRequest.of("unbundle", CborMap.empty()), true);
      long received = 0;
      for (int i = 0; i < 50; i++) {
        pair.client.sendData(id, ByteBuffer.allocate(1 << 20));
        pair.client.flush();
        for (ServerEvent event : pair.toServer()) {
          if (event instanceof ServerEvent.CommandDataReceived data) {
            received += data.data().remaining();
          }
        }
      }
      assertThat(received).isEqualTo(50L << 20);
      assertThat(pair.sent).isLessThan(100_000);
    }
  }

  @Test
  void fault5EarlyEndOfDataIsATypedFault() {
    assertThat(
            server(
                "1 1 stream-begin command-request new|more|have-data \\xa1",
                "1 1 0 command-data eos x"))
        .isEqualTo(WireErrorCode.COMMAND_DATA);
  }

  @Test
  void fault6PartialRequestsAreLimited() {
    String[] opens = new String[17];
    for (int i = 0; i < opens.length; i++) {
      opens[i] =
          (2 * i + 1) + " 1 " + (i == 0 ? "stream-begin" : "0") + " command-request new|more x";
    }
    assertThat(server(opens)).isEqualTo(WireErrorCode.LIMIT);
  }

  @Test
  void fault7TruncationIsReported() {
    try (ServerReactor reactor =
            new ServerReactor(WireLimits.defaults(), ContentEncodings.standard());
        ClientReactor client = ClientReactorErrorsTest.called()) {
      reactor.receive(Events.bytes("1 1 stream-begin command-request new|more x"));
      reactor.endOfInput();
      assertThat(Events.failure(Events.all(reactor))).isEqualTo(WireErrorCode.TRUNCATED);
      client.receive(Events.bytes("1 2 stream-begin command-response continuation x"));
      client.endOfInput();
      assertThat(Events.all(client))
          .hasSize(4)
          .endsWith(new ClientEvent.InputEnded())
          .filteredOn(ClientEvent.RequestFailed.class::isInstance)
          .hasSize(2);
    }
  }

  @Test
  void fault7ErrorAfterTheResponseBeganIsAnError() {
    assertThat(
            ClientReactorErrorsTest.run(
                "1 2 stream-begin command-response continuation x",
                "1 2 0 error-response 0 cbor:{b'type': b'server', b'message': []}"))
        .hasSize(2)
        .last()
        .isInstanceOf(ClientEvent.ErrorReceived.class);
  }

  // Faults 8 and 9 show in the frames that are sent: see EmittedFramesTest.
}
