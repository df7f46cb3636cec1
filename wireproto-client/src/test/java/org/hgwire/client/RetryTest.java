// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.client.testing.RecordingListener;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Responses that are cut: what is retried, and how the rest fails. */
@Timeout(60)
class RetryTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();
  private final ScriptedServer server =
      new ScriptedServer().respond("heads", CborArray.of()).respond("numbers", numbers());

  private static CborValue[] numbers() {
    CborValue[] values = new CborValue[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = CborInteger.of(i);
    }
    return values;
  }

  private PeerOptionsBuilder options(int attempts) {
    return PeerOptions.builder()
        .retries(
            new RetryPolicy(
                attempts, Duration.ofMillis(100), Duration.ofMillis(250), () -> 0.5, pauses::add))
        .listener(listener);
  }

  @Test
  void undeliveredReadIsRetriedAfterGrowingPauses() throws Exception {
    server.cut(0, true).cut(10, true).cut(20, false);
    try (Peer peer = server.connect(options(4))) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(server.requests).hasSize(5);
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(75), Duration.ofMillis(150), Duration.ofMillis(187));
    assertThat(listener.failedAttempts()).hasSize(3);
  }

  @Test
  void attemptsComeToAnEnd() throws Exception {
    server.cut(0, true).cut(0, true).cut(0, true);
    try (Peer peer = server.connect(options(2))) {
      assertThatThrownBy(peer::heads)
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("server.test");
    }
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void whatWasDeliveredInPartIsNotMadeAgain() throws Exception {
    CborBytes large = new CborBytes(ByteString.copyOf(new byte[50_000]));
    server.respond("large", large, large, large).cut(70_000, true);
    PeerOptionsBuilder identity = options(5).encodings(ContentEncodings.named("identity"));
    try (Peer peer = server.connect(identity);
        CommandResponse response = peer.call(CommandRequest.of("large", CborMap.empty()))) {
      assertThat(response.nextValue()).isEqualTo(large);
      assertThatThrownBy(response::next).isInstanceOf(TransportException.class);
      assertThatThrownBy(response::next).isInstanceOf(TransportException.class);
    }
    assertThat(pauses).isEmpty();
    assertThat(server.commands).hasSize(1);
  }

  @Test
  void writeIsNeverRetried() throws Exception {
    CommandDescriptor push = CommandDescriptor.of(Map.of(), List.of(CommandDescriptor.PUSH));
    server.on("pushkey", push, request -> ScriptedServer.encoded(CborBoolean.TRUE)).cut(0, true);
    try (Peer peer = server.connect(options(5))) {
      assertThatThrownBy(() -> peer.pushkey("bookmarks", "", "", ""))
          .isInstanceOf(TransportException.class);
    }
    assertThat(server.requests).hasSize(2);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aFailedCommandIsNotMadeAgain() throws Exception {
    server.raw("heads", request -> ScriptedServer.encoded(new CborBytes(ByteString.empty())));
    try (Peer peer = server.connect(options(5))) {
      assertThatThrownBy(peer::heads).isInstanceOf(PeerProtocolException.class);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void anInterruptedPauseEndsTheCall() throws Exception {
    server.cut(0, true);
    PeerOptionsBuilder interrupted =
        PeerOptions.builder()
            .retries(
                new RetryPolicy(
                    3,
                    Duration.ofMillis(1),
                    Duration.ofMillis(1),
                    () -> 0,
                    pause -> {
                      throw new InterruptedException();
                    }));
    try (Peer peer = server.connect(interrupted)) {
      assertThatThrownBy(peer::heads).isInstanceOf(TransportException.class);
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void truncatedBodyFailsEveryIncompleteResponse() throws Exception {
    byte[] whole = wholeBatch();
    for (int length = 0; length < whole.length; length++) {
      server.cut(length, false);
      requireTruncated(length);
      server.cut(length, true);
      requireTruncated(length);
    }
  }

  private byte[] wholeBatch() throws Exception {
    byte[][] whole = new byte[1][];
    server.fault(
        body -> {
          try {
            whole[0] = ScriptedServer.readAll(body);
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
          return new ByteArrayInputStream(whole[0]);
        });
    try (Peer peer = server.connect()) {
      assertThat(readBatch(peer)).isNull();
    }
    return whole[0];
  }

  private static @Nullable Throwable readBatch(Peer peer) throws PeerException {
    Batch batch = peer.batch();
    CommandResponse numbers = batch.call(CommandRequest.of("numbers", CborMap.empty()));
    CommandResponse heads = batch.call(CommandRequest.of("heads", CborMap.empty()));
    batch.send();
    return catchThrowable(
        () -> {
          readAll(numbers);
          readAll(heads);
        });
  }

  private static int readAll(CommandResponse response) throws PeerException {
    int objects = 0;
    while (response.next() != null) {
      objects++;
    }
    return objects;
  }

  private void requireTruncated(int length) throws PeerException {
    try (Peer peer = server.connect()) {
      Throwable failure = readBatch(peer);
      assertThat(failure).as("cut at %d", length).isInstanceOf(PeerException.class);
      if (failure instanceof PeerProtocolException protocol) {
        assertThat(protocol.fault().code()).isEqualTo(WireErrorCode.TRUNCATED);
      }
    }
  }
}
