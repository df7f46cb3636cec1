// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.SenderSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a client can violate the protocol, as frames in text notation. */
final class ServerReactorErrorsTest {
  static final String HEADS = "cbor:{b'name': b'heads'}";
  static final String SETTINGS =
      "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'zlib']}";

  private static List<ServerEvent> run(String... lines) {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(Events.bytes(lines));
      return Events.all(reactor);
    }
  }

  /** What Mercurial refuses, then what it accepts although it must not; ";" ends a line. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          even stream id ! STREAM_ID ! 1 2 stream-begin command-request new cbor:{b'name': b'a'}
          stream 0 ! STREAM_ID ! 1 0 stream-begin command-request new cbor:{b'name': b'a'}
          unopened stream without begin flag ! STREAM_NOT_OPEN ! 1 1 0 command-request new x
          first frame is data ! UNEXPECTED_FRAME ! 1 1 stream-begin command-data eos x
          first frame is a response ! UNEXPECTED_FRAME ! 1 1 stream-begin command-response eos x
          first frame is an error ! UNEXPECTED_FRAME ! 1 1 stream-begin error-response 0 x
          request in sender settings ! UNEXPECTED_FRAME ! 1 1 stream-begin sender-protocol-settings continuation x; 1 1 0 command-request new x
          data in sender settings ! UNEXPECTED_FRAME ! 1 1 stream-begin sender-protocol-settings continuation x; 1 1 0 command-data eos x
          stream settings in sender settings ! UNEXPECTED_FRAME ! 1 1 stream-begin sender-protocol-settings continuation x; 1 3 stream-begin stream-settings eos x
          sender settings continued elsewhere ! UNEXPECTED_FRAME ! 1 1 stream-begin sender-protocol-settings continuation x; 1 3 stream-begin sender-protocol-settings eos x
          sender settings with both flags ! FRAME_FLAGS ! 1 1 stream-begin sender-protocol-settings continuation|eos cbor:{}
          sender settings with neither flag ! FRAME_FLAGS ! 1 1 stream-begin sender-protocol-settings 0 cbor:{}
          sender settings of bad CBOR ! SETTINGS ! 1 1 stream-begin sender-protocol-settings eos \\xff
          sender settings cut ! SETTINGS ! 1 1 stream-begin sender-protocol-settings eos \\xa1
          sender settings empty ! SETTINGS ! 1 1 stream-begin sender-protocol-settings eos
          sender settings of several values ! SETTINGS ! 1 1 stream-begin sender-protocol-settings eos \\xa0\\xa0
          sender settings not a map ! SETTINGS ! 1 1 stream-begin sender-protocol-settings eos cbor:[]
          sender settings of indefinite bytes ! SETTINGS ! 1 1 stream-begin sender-protocol-settings eos \\x5f\\xff
          sender settings too deep ! DEPTH ! 1 1 stream-begin sender-protocol-settings eos \\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x81\\x80
          sender settings twice ! SETTINGS ! 1 1 stream-begin sender-protocol-settings eos cbor:{}; 1 1 0 sender-protocol-settings eos cbor:{}
          sender settings after a request ! SETTINGS ! 1 1 stream-begin command-request new cbor:{b'name': b'a'}; 1 1 0 sender-protocol-settings eos cbor:{}
          idle and data ! REQUEST_INACTIVE ! 1 1 stream-begin sender-protocol-settings eos cbor:{}; 1 1 0 command-data eos x
          idle and a response ! UNEXPECTED_FRAME ! 1 1 stream-begin sender-protocol-settings eos cbor:{}; 1 1 0 command-response eos x
          idle and text ! UNEXPECTED_FRAME ! 1 1 stream-begin sender-protocol-settings eos cbor:{}; 1 1 0 text-output 0 x
          idle and progress ! UNEXPECTED_FRAME ! 1 1 stream-begin sender-protocol-settings eos cbor:{}; 1 1 0 progress 0 x
          request with both new and continuation ! FRAME_FLAGS ! 1 1 stream-begin command-request new|continuation x
          request with neither new nor continuation ! FRAME_FLAGS ! 1 1 stream-begin command-request more x
          new request for an id being received ! REQUEST_ACTIVE ! 1 1 stream-begin command-request new|more x; 1 1 0 command-request new x
          new request for an active id ! REQUEST_ACTIVE ! 1 1 stream-begin command-request new cbor:{b'name': b'a'}; 1 1 0 command-request new x
          new request for an id receiving data ! REQUEST_ACTIVE ! 1 1 stream-begin command-request new|have-data cbor:{b'name': b'a'}; 1 1 0 command-request new x
          continuation when idle ! REQUEST_INACTIVE ! 1 1 stream-begin command-request continuation x
          continuation of another id ! REQUEST_INACTIVE ! 1 1 stream-begin command-request new|more x; 3 1 0 command-request continuation x
          continuation of an active id ! UNEXPECTED_FRAME ! 1 1 stream-begin command-request new cbor:{b'name': b'a'}; 1 1 0 command-request continuation x
          request frame after the final one ! UNEXPECTED_FRAME ! 1 1 stream-begin command-request new|have-data cbor:{b'name': b'a'}; 1 1 0 command-request continuation|have-data x
          data announced late ! COMMAND_DATA ! 1 1 stream-begin command-request new|more x; 1 1 0 command-request continuation|have-data x
          data revoked ! COMMAND_DATA ! 1 1 stream-begin command-request new|more|have-data x; 1 1 0 command-request continuation x
          data not expected ! COMMAND_DATA ! 1 1 stream-begin command-request new cbor:{b'name': b'a'}; 1 1 0 command-data eos x
          data before the request is complete ! COMMAND_DATA ! 1 1 stream-begin command-request new|more|have-data x; 1 1 0 command-data eos x
          data without flags ! FRAME_FLAGS ! 1 1 stream-begin command-request new|have-data cbor:{b'name': b'a'}; 1 1 0 command-data 0 x
          data with both flags ! FRAME_FLAGS ! 1 1 stream-begin command-request new|have-data cbor:{b'name': b'a'}; 1 1 0 command-data continuation|eos x
          data after its end ! COMMAND_DATA ! 1 1 stream-begin command-request new|have-data cbor:{b'name': b'a'}; 1 1 0 command-data eos x; 1 1 0 command-data eos x
          other frame type while receiving ! UNEXPECTED_FRAME ! 1 1 stream-begin command-request new|more x; 1 1 0 progress 0 x
          undefined frame type ! FRAME_TYPE ! 1 1 stream-begin 4 0 x
          even request id ! REQUEST_ID ! 2 1 stream-begin command-request new cbor:{b'name': b'a'}
          request id 0 ! REQUEST_ID ! 0 1 stream-begin command-request new cbor:{b'name': b'a'}
          even id of sender settings ! REQUEST_ID ! 2 1 stream-begin sender-protocol-settings eos cbor:{}
          undefined stream flags ! STREAM_FLAGS ! 1 1 stream-begin|8 command-request new cbor:{b'name': b'a'}
          repeated begin flag ! STREAM_ALREADY_OPEN ! 1 1 stream-begin command-request new cbor:{b'name': b'a'}; 3 1 stream-begin command-request new x
          frame after the end of its stream ! STREAM_NOT_OPEN ! 1 1 stream-begin|stream-end command-request new cbor:{b'name': b'a'}; 3 1 0 command-request new x
          late stream settings ! SETTINGS ! 1 1 stream-begin command-request new cbor:{b'name': b'a'}; 3 1 0 stream-settings eos cbor:b'zlib'
          repeated stream settings ! SETTINGS ! 1 1 stream-begin stream-settings eos cbor:b'zlib'; 1 1 0 stream-settings eos cbor:b'zlib'
          frame in stream settings ! UNEXPECTED_FRAME ! 1 1 stream-begin stream-settings continuation x; 1 1 0 command-request new x
          stream ended in its settings ! SETTINGS ! 1 1 stream-begin|stream-end stream-settings continuation x
          encoded stream settings ! STREAM_FLAGS ! 1 1 stream-begin|encoded stream-settings eos cbor:b'zlib'
          unknown content encoding ! ENCODING_UNKNOWN ! 1 1 stream-begin stream-settings eos cbor:b'brotli'
          corrupt zlib ! ENCODING_CORRUPT ! 1 1 stream-begin stream-settings eos cbor:b'zlib'; 1 1 encoded command-request new nonsense
          corrupt zstd ! ENCODING_CORRUPT ! 1 1 stream-begin stream-settings eos cbor:b'zstd-8mb'; 1 1 encoded command-request new nonsense
          """)
  void endsTheExchangeWithItsCode(String name, WireErrorCode code, String lines) {
    List<ServerEvent> events = run(lines.trim().split("; "));
    assertThat(Events.failure(events)).as(name).isEqualTo(code);
    assertThat(events.stream().filter(ServerEvent.ProtocolFailed.class::isInstance)).hasSize(1);
  }

  @Test
  void corruptEncodingHasTheScopeOfItsStream() {
    List<ServerEvent> events =
        run(
            "1 1 stream-begin stream-settings eos cbor:b'zlib'",
            "1 1 encoded command-request new nonsense");
    ServerEvent.ProtocolFailed failed = (ServerEvent.ProtocolFailed) events.get(0);
    assertThat(failed.fault().scope()).isEqualTo(ErrorScope.STREAM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          cbor:{}
          cbor:{b'args': {}}
          cbor:[1]
          cbor:1
          cbor:{b'name': 1}
          cbor:{b'name': b'a', b'args': []}
          \\xa1
          \\xff
          \\xa0\\xa0
          \\xa2\\x41a\\x00\\x41a\\x00
          \\x5f\\x41a\\xff
          """)
  void malformedRequestIsRefusedAndTheExchangeContinues(String payload) {
    List<ServerEvent> events =
        run(SETTINGS, "1 1 0 command-request new " + payload, "3 1 0 command-request new " + HEADS);
    assertThat(events).hasSize(3);
    ServerEvent.CommandRefused refused = (ServerEvent.CommandRefused) events.get(1);
    assertThat(refused.requestId()).isEqualTo(1);
    assertThat(refused.fault().code()).isEqualTo(WireErrorCode.BAD_REQUEST);
    assertThat(refused.fault().scope()).isEqualTo(ErrorScope.REQUEST);
    assertThat(events)
        .endsWith(
            new ServerEvent.CommandReceived(3, CommandRequest.of("heads", CborMap.empty()), false));
  }

  @Test
  void emptyRequestIsRefused() {
    List<ServerEvent> events = run("1 1 stream-begin command-request new ");
    assertThat(((ServerEvent.CommandRefused) events.get(0)).fault().code())
        .isEqualTo(WireErrorCode.BAD_REQUEST);
  }

  @Test
  void dataOfARefusedRequestIsDropped() {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(
          Events.bytes(
              "1 1 stream-begin command-request new|have-data cbor:{}",
              "1 1 0 command-data continuation abc",
              "1 1 0 command-data eos abc"));
      assertThat(Events.all(reactor)).hasSize(1);
      reactor.failResponse(1, ErrorResponse.of(ErrorResponse.Type.COMMAND, "no"));
      assertThat(reactor.pollOutput()).isNotNull();
      assertThat(reactor.activeRequests()).isZero();
    }
  }

  @Test
  void eventsBeforeAFaultAreDelivered() {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(
          Events.bytes(
              SETTINGS, "1 1 0 command-request new " + HEADS, "2 1 0 command-request new x"));
      assertThat(reactor.poll())
          .isEqualTo(
              new ServerEvent.SenderSettingsReceived(
                  new SenderSettings(List.of("zlib"), false, false)));
      assertThat(reactor.poll())
          .isEqualTo(
              new ServerEvent.CommandReceived(
                  1, CommandRequest.of("heads", CborMap.empty()), false));
      assertThat(reactor.poll()).isInstanceOf(ServerEvent.ProtocolFailed.class);
      assertThat(reactor.poll()).isNull();
      assertThat(reactor.wantsInput()).isFalse();
      assertThatIllegalStateException().isThrownBy(() -> reactor.receive(ByteBuffer.allocate(0)));
      reactor.endOfInput();
      assertThat(reactor.poll()).isNull();
      reactor.failResponse(1, ErrorResponse.of(ErrorResponse.Type.PROTOCOL, "broken"));
      assertThat(reactor.pollOutput()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          1 1 stream-begin sender-protocol-settings continuation x
          1 1 stream-begin command-request new|more x
          1 1 stream-begin command-request new|have-data cbor:{b'name': b'a'}
          1 1 stream-begin command-request new|have-data cbor:{b'name': b'a'}; 1 1 0 command-data continuation x
          1 1 stream-begin stream-settings continuation x
          """)
  void earlyEndOfInputIsTruncation(String lines) {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(Events.bytes(lines.split("; ")));
      reactor.endOfInput();
      assertThat(Events.failure(Events.all(reactor))).isEqualTo(WireErrorCode.TRUNCATED);
    }
  }

  @Test
  void inputMayEndOnlyBetweenRequests() {
    ByteBuffer bytes =
        Events.bytes(
            SETTINGS,
            "1 1 0 command-request new|more \\xa1",
            "1 1 0 command-request continuation \\x44name\\x41a");
    int settings = Events.bytes(SETTINGS).remaining();
    for (int cut = 0; cut <= bytes.remaining(); cut++) {
      try (ServerReactor reactor =
          new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
        reactor.receive(bytes.duplicate().limit(cut));
        reactor.endOfInput();
        boolean whole = cut == 0 || cut == settings || cut == bytes.remaining();
        List<ServerEvent> events = Events.all(reactor);
        assertThat(Events.failure(events)).isEqualTo(whole ? null : WireErrorCode.TRUNCATED);
        assertThat(events.contains(new ServerEvent.InputEnded())).isEqualTo(whole);
      }
    }
  }

  @Test
  void callerFaultsAreIllegalArgumentsOrStates() {
    ServerReactor reactor = new ServerReactor(WireLimits.defaults(), ContentEncodings.standard());
    reactor.receive(
        Events.bytes(
            "1 1 stream-begin command-request new " + HEADS, "3 1 0 command-request new|more x"));
    assertThat(reactor.poll()).isNotNull();
    assertThatIllegalStateException().isThrownBy(() -> reactor.receive(ByteBuffer.allocate(0)));
    assertThat(reactor.poll()).isNull();
    assertThatIllegalArgumentException().isThrownBy(() -> reactor.respond(5, Pair.ok()));
    assertThatIllegalArgumentException().isThrownBy(() -> reactor.respond(3, Pair.ok()));
    reactor.endResponse(1);
    assertThatIllegalArgumentException().isThrownBy(() -> reactor.endResponse(1));
    reactor.flush();
    reactor.close();
    reactor.close();
    assertThat(reactor.poll()).isNull();
    assertThat(reactor.pollOutput()).isNull();
    assertThatIllegalStateException().isThrownBy(() -> reactor.receive(ByteBuffer.allocate(0)));
  }

  @Test
  void requestIdIsFreeWhenItsResponseHasEnded() {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(Events.bytes("1 1 stream-begin command-request new " + HEADS));
      assertThat(Events.all(reactor)).hasSize(1);
      reactor.endResponse(1);
      reactor.receive(Events.bytes("1 1 0 command-request new " + HEADS));
      assertThat(Events.failure(Events.all(reactor))).isNull();
      assertThat(reactor.activeRequests()).isEqualTo(1);
    }
  }
}
