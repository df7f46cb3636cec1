// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.VectorLimits;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.SenderSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
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

  /** What Mercurial refuses, what it accepts although it must not, and what is sound. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/org/hgwire/core/vectors/requests.vectors",
      delimiter = '!',
      quoteCharacter = '`')
  void endsTheExchangeWithItsCodeOrReceivesAll(
      String id,
      String title,
      String lines,
      @Nullable WireErrorCode code,
      @Nullable String limits) {
    try (ServerReactor reactor =
        new ServerReactor(VectorLimits.parse(limits), ContentEncodings.standard())) {
      reactor.receive(Events.bytes(lines));
      reactor.endOfInput();
      List<ServerEvent> events = Events.all(reactor);
      assertThat(Events.failure(events)).as(title).isEqualTo(code);
      assertThat(events.contains(new ServerEvent.InputEnded())).isEqualTo(code == null);
      assertThat(events.stream().filter(ServerEvent.ProtocolFailed.class::isInstance))
          .hasSize(code == null ? 0 : 1);
    }
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
