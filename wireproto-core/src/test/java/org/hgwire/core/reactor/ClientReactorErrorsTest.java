// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.VectorLimits;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a server can violate the protocol, as frames in text notation. */
final class ClientReactorErrorsTest {
  /** Returns a reactor that accepts zlib and identity and has called requests 1 and 3. */
  static ClientReactor called() {
    return called(WireLimits.defaults());
  }

  private static ClientReactor called(WireLimits limits) {
    ContentEncodings accepted = ContentEncodings.named("zlib", "identity");
    ClientReactor reactor =
        new ClientReactor(limits, accepted, ContentEncodings.named("identity").preferred().get(0));
    reactor.call(CommandRequest.of("heads", CborMap.empty()), false);
    reactor.call(CommandRequest.of("known", CborMap.empty()), false);
    return reactor;
  }

  static List<ClientEvent> run(String... lines) {
    return run(WireLimits.defaults(), List.of(lines));
  }

  private static List<ClientEvent> run(WireLimits limits, List<String> lines) {
    try (ClientReactor reactor = called(limits)) {
      reactor.receive(Events.bytes(lines.toArray(String[]::new)));
      return Events.all(reactor);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/org/hgwire/core/vectors/responses.vectors",
      delimiter = '!',
      quoteCharacter = '`')
  void failsAllRequestsThenTheExchangeOrNone(
      String id,
      String title,
      String lines,
      @Nullable WireErrorCode code,
      @Nullable String limits) {
    try (ClientReactor reactor = called(VectorLimits.parse(limits))) {
      reactor.receive(Events.bytes(lines));
      reactor.endOfInput();
      List<ClientEvent> events = Events.all(reactor);
      assertThat(Events.failure(events)).as(title).isEqualTo(code);
      assertThat(events.contains(new ClientEvent.InputEnded())).isEqualTo(code == null);
      assertThat(events.stream().filter(ClientReactorErrorsTest::endsARequest)).hasSize(2);
    }
  }

  private static boolean endsARequest(ClientEvent event) {
    return event instanceof ClientEvent.ResponseEnded
        || event instanceof ClientEvent.ErrorReceived
        || event instanceof ClientEvent.RequestFailed;
  }

  @Test
  void emptyFramesOfAResponseAreLimitedInARow() {
    String full = "1 2 0 command-response continuation x";
    String empty = "1 2 0 command-response continuation ";
    int limit = WireLimits.defaults().intOf(WireLimit.MAX_EMPTY_RESPONSE_FRAMES);
    List<String> lines = new ArrayList<>(List.of(full.replace(" 0 ", " stream-begin ")));
    lines.addAll(Collections.nCopies(limit, empty));
    lines.add(full.replaceFirst("^1", "3"));
    assertThat(Events.failure(run(lines.toArray(String[]::new)))).isNull();

    lines.add(empty);
    assertThat(Events.failure(run(lines.toArray(String[]::new)))).isEqualTo(WireErrorCode.LIMIT);

    lines.set(lines.size() - 1, full);
    lines.addAll(Collections.nCopies(limit, empty));
    lines.add("1 2 0 command-response eos ");
    assertThat(run(lines.toArray(String[]::new))).endsWith(new ClientEvent.ResponseEnded(1));
  }

  @Test
  void emptyFramesAreCountedAnewAfterOnesThatAreNot() {
    int limit = WireLimits.defaults().intOf(WireLimit.MAX_EMPTY_RESPONSE_FRAMES);
    List<String> lines =
        new ArrayList<>(List.of("1 2 stream-begin command-response continuation x"));
    for (int i = 0; i < 3; i++) {
      lines.addAll(Collections.nCopies(limit, "1 2 0 command-response continuation "));
      lines.add("1 2 0 command-response continuation x");
    }
    lines.add("1 2 0 command-response eos ");

    assertThat(run(lines.toArray(String[]::new))).endsWith(new ClientEvent.ResponseEnded(1));
  }

  @Test
  void sideChannelFramesAreLimitedBetweenData() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_SIDE_CHANNEL_FRAMES, 3);
    String data = "1 2 0 command-response continuation x";
    String output = "1 2 0 text-output 0 cbor:[{b'msg': b'busy'}]";
    String progress =
        "1 2 0 progress 0 cbor:{b'topic': b'bundling', b'pos': 1, b'total': 2, b'label': b'',"
            + " b'item': b''}";
    List<String> lines = new ArrayList<>(List.of(data.replace(" 0 ", " stream-begin ")));
    lines.addAll(List.of(progress, output, progress, data, output, progress, output));
    assertThat(Events.failure(run(limits, lines))).isNull();

    lines.add(progress);
    assertThat(Events.failure(run(limits, lines))).isEqualTo(WireErrorCode.LIMIT);
  }

  @Test
  void lateSettingsAreAcceptedOnceFromAServer() {
    assertThat(
            run(
                "1 2 stream-begin error-response 0 cbor:{b'type': b'server', b'message': []}",
                "3 2 0 stream-settings eos cbor:b'identity'",
                "3 2 encoded command-response eos abc"))
        .hasSize(3)
        .endsWith(new ClientEvent.ResponseEnded(3));
  }

  @Test
  void continuedStreamSettingsMayRepeatTheBeginFlag() {
    for (String flag : List.of("stream-begin", "0")) {
      assertThat(
              run(
                  "1 2 stream-begin stream-settings continuation \\x44zl",
                  "1 2 " + flag + " stream-settings continuation i",
                  "1 2 " + flag + " stream-settings eos b",
                  "1 2 0 command-response eos x"))
          .endsWith(new ClientEvent.ResponseEnded(1));
    }
  }

  @Test
  void endFlagClosesAStreamOnAnyFrame() {
    assertThat(
            run(
                "1 2 stream-begin|stream-end stream-settings eos cbor:b'zlib'",
                "1 2 stream-begin|stream-end command-response continuation x",
                "1 2 stream-begin|stream-end command-response eos x",
                "3 2 stream-begin stream-settings eos cbor:b'identity'",
                "3 2 stream-end command-response eos x"))
        .endsWith(new ClientEvent.ResponseEnded(3));
  }

  @Test
  void corruptEncodingFailsOnlyTheRequestsOfItsStream() {
    List<ClientEvent> events =
        run(
            "1 2 stream-begin stream-settings eos cbor:b'zlib'",
            "3 4 stream-begin command-response continuation before",
            "1 2 encoded command-response continuation nonsense",
            "1 2 encoded command-response continuation more",
            "1 2 encoded command-response eos more",
            "3 4 0 command-response eos after");
    ClientEvent.RequestFailed failed = (ClientEvent.RequestFailed) events.get(1);
    assertThat(failed.requestId()).isEqualTo(1);
    assertThat(failed.fault().code()).isEqualTo(WireErrorCode.ENCODING_CORRUPT);
    assertThat(failed.fault().scope()).isEqualTo(ErrorScope.STREAM);
    assertThat(new String(Pair.response(events, 3), java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("beforeafter");
    assertThat(events).hasSize(4).endsWith(new ClientEvent.ResponseEnded(3));
  }

  @Test
  void encodedFrameOnACorruptStreamFailsItsRequest() {
    List<ClientEvent> events =
        run(
            "1 2 stream-begin stream-settings eos cbor:b'zlib'",
            "1 2 encoded command-response eos nonsense",
            "3 2 encoded command-response continuation x");
    assertThat(events).hasSize(2);
    assertThat(((ClientEvent.RequestFailed) events.get(1)).requestId()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          error-response ! cbor:{}
          error-response ! \\xff
          error-response ! cbor:{b'type': b'x', b'message': []}
          text-output ! cbor:1
          text-output ! \\xa1
          progress ! cbor:[]
          progress ! cbor:{b'topic': b't', b'pos': b'1', b'total': 1}
          """)
  void malformedMessageFailsItsRequestOnly(String type, String payload) {
    List<ClientEvent> events =
        run("1 2 stream-begin " + type + " 0 " + payload, "3 2 0 command-response eos x");
    ClientEvent.RequestFailed failed = (ClientEvent.RequestFailed) events.get(0);
    assertThat(failed.fault().code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
    assertThat(failed.fault().scope()).isEqualTo(ErrorScope.REQUEST);
    assertThat(events).hasSize(3).endsWith(new ClientEvent.ResponseEnded(3));
  }

  @Test
  void requestFailsOnceAndTheRestIsDropped() {
    List<ClientEvent> events =
        run(
            "1 2 stream-begin text-output 0 cbor:1",
            "1 2 0 text-output 0 cbor:2",
            "1 2 0 progress 0 cbor:2",
            "1 2 0 command-response continuation x",
            "1 2 0 error-response 0 cbor:{}",
            "3 2 0 command-response eos x");
    assertThat(events).hasSize(3);
  }

  @Test
  void errorAfterTheResponseBeganIsReceived() {
    assertThat(
            run(
                "1 2 stream-begin command-response continuation x",
                "1 2 0 error-response 0 cbor:{b'type': b'server', b'message': [{b'msg': b'no'}]}"))
        .hasSize(2)
        .endsWith(
            new ClientEvent.ErrorReceived(1, ErrorResponse.of(ErrorResponse.Type.SERVER, "no")));
  }

  @Test
  void cancelledRequestIsDroppedAndStillActiveUntilItEnds() {
    try (ClientReactor reactor = called()) {
      reactor.cancel(1);
      reactor.cancel(1);
      reactor.cancel(99);
      assertThat(reactor.activeRequests()).isEqualTo(1);
      reactor.receive(
          Events.bytes(
              "1 2 stream-begin command-response continuation x",
              "1 2 0 text-output 0 cbor:1",
              "1 2 0 command-response eos x"));
      assertThat(Events.all(reactor)).isEmpty();
      reactor.receive(Events.bytes("1 2 0 command-response eos x"));
      assertThat(Events.failure(Events.all(reactor))).isEqualTo(WireErrorCode.REQUEST_INACTIVE);
    }
  }

  @Test
  void truncationFailsEveryRequestThatHasNotEnded() {
    ByteBuffer bytes =
        Events.bytes(
            "1 2 stream-begin stream-settings continuation \\x48ident",
            "1 2 0 stream-settings eos ity",
            "1 2 encoded command-response continuation abcdef",
            "3 2 0 command-response eos abc",
            "1 2 encoded command-response eos xyz");
    for (int cut = 0; cut <= bytes.remaining(); cut++) {
      try (ClientReactor reactor = called()) {
        reactor.receive(bytes.duplicate().limit(cut));
        reactor.endOfInput();
        List<ClientEvent> events = Events.all(reactor);
        for (int id : new int[] {1, 3}) {
          int request = id;
          long ended = events.stream().filter(new ClientEvent.ResponseEnded(id)::equals).count();
          long failed =
              events.stream()
                  .filter(
                      event ->
                          event instanceof ClientEvent.RequestFailed f
                              && f.requestId() == request
                              && f.fault().code() == WireErrorCode.TRUNCATED)
                  .count();
          assertThat(ended + failed).as("request %s, cut at %s", id, cut).isEqualTo(1);
        }
        assertThat(reactor.activeRequests()).isZero();
        Object last = events.get(events.size() - 1);
        assertThat(last instanceof ClientEvent.InputEnded || Events.failure(events) != null)
            .isTrue();
      }
    }
  }

  @Test
  void callerFaultsAreIllegalArgumentsOrStates() {
    ClientReactor reactor = called();
    assertThatIllegalArgumentException().isThrownBy(() -> reactor.sendData(1, Pair.ok()));
    assertThatIllegalArgumentException().isThrownBy(() -> reactor.endData(7));
    reactor.flush();
    reactor.endOfInput();
    assertThatIllegalStateException()
        .isThrownBy(() -> reactor.call(CommandRequest.of("heads", CborMap.empty()), false));
    assertThatIllegalStateException().isThrownBy(() -> reactor.receive(ByteBuffer.allocate(0)));
    reactor.close();
    reactor.close();
    assertThat(reactor.poll()).isNull();
    assertThat(reactor.pollOutput()).isNull();
  }

  @Test
  void callRefusesWhenAllIdsAreInUse() {
    try (ClientReactor reactor = called()) {
      for (int i = 2; i < 32_768; i++) {
        reactor.call(CommandRequest.of("heads", CborMap.empty()), false);
      }
      assertThat(reactor.activeRequests()).isEqualTo(32_768);
      assertThatIllegalStateException()
          .isThrownBy(() -> reactor.call(CommandRequest.of("heads", CborMap.empty()), false));
    }
  }
}
