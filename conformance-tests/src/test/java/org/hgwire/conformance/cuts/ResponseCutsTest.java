// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TransportException;
import org.hgwire.conformance.cuts.MemoryWire.Answer;
import org.hgwire.conformance.cuts.MemoryWire.Cut;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.IdentityEncoding;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of version 2, cut after every number of bytes. */
final class ResponseCutsTest {
  /** So that responses have several frames, some of which end between objects. */
  private static final WireLimits SMALL_FRAMES =
      WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, 24);

  @TempDir Path directory;

  /** A wire to a server, and requests for each of its commands. */
  private record Server(MemoryWire wire, List<TypedRequest> requests) {}

  /** Serves a repository, some of whose responses are encoded unless that is with identity. */
  private Server serve(String encoding) throws IOException {
    int lines = encoding.equals("identity") ? 1 : ServedRepository.MANY_LINES;
    ServedRepository served = new ServedRepository(directory, lines, SMALL_FRAMES);
    return new Server(new MemoryWire(served.endpoint()), Version2Calls.requests(served));
  }

  private static PeerOptionsBuilder options(String encoding, int attempts) {
    return PeerOptions.builder()
        .protocol(ProtocolVersion.VERSION_2)
        .encodings(ContentEncodings.named(encoding))
        .retries(RetryPolicy.of(attempts).withPauses(Duration.ZERO, Duration.ZERO));
  }

  /** What a response that ends too soon is to a caller. */
  static void requireTyped(Throwable fault, Cut cut, String where) {
    if (cut == Cut.LOST) {
      assertThat(fault).as(where).isInstanceOf(TransportException.class);
    } else {
      assertThat(fault).as(where).isInstanceOf(PeerProtocolException.class);
      assertThat(((PeerProtocolException) fault).fault().code())
          .as(where)
          .isEqualTo(WireErrorCode.TRUNCATED);
    }
  }

  /** Where the encoder begins depends on when the server pauses: what is delivered does not. */
  private static void requireSame(Answer first, Answer again, String encoding, String where) {
    if (encoding.equals(IdentityEncoding.NAME)) {
      first.requireSame(again, where);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void cutResponseIsATypedFailureAfterAPrefix(String encoding) throws IOException {
    Server server = serve(encoding);
    MemoryWire wire = server.wire;
    try (Peer peer = wire.connect(options(encoding, 1))) {
      for (Call call : Version2Calls.of(server.requests)) {
        ByteString expected = call.whole(peer).bytes();
        Answer response = wire.last();
        for (Cut cut : Cut.values()) {
          int delivered = 0;
          for (int length = 0; length < response.body().length(); length++) {
            String where = call + ", " + cut + " after " + length;
            Delivery delivery = new Delivery();
            wire.replayNext(response, length, cut);

            Throwable fault = catchThrowable(() -> call.reading().read(peer, delivery));

            requireTyped(fault, cut, where);
            assertThat(expected.startsWith(delivery.bytes())).as(where).isTrue();
            assertThat(delivery.bytes().length()).as(where).isGreaterThanOrEqualTo(delivered);
            delivered = delivery.bytes().length();
            if (cut == Cut.LOST) {
              assertThat(call.whole(peer).bytes()).as(where).isEqualTo(expected);
              requireSame(response, wire.last(), encoding, where);
            }
          }
        }
      }
    }
  }

  /** Without a retry a caller sees the cut; with one it sees the whole, or what it was given. */
  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void retryAfterACutGivesTheWholeResponse(String encoding) throws IOException {
    Server server = serve(encoding);
    MemoryWire wire = server.wire;
    try (Peer peer = wire.connect(options(encoding, 2))) {
      for (Call call : Version2Calls.of(server.requests)) {
        ByteString expected = call.whole(peer).bytes();
        Answer response = wire.last();
        for (int length = 0; length < response.body().length(); length++) {
          String where = call + ", after " + length;
          Delivery delivery = new Delivery();
          int before = wire.exchanges();
          wire.replayNext(response, length, Cut.LOST);

          Throwable fault = catchThrowable(() -> call.reading().read(peer, delivery));

          if (fault == null) {
            assertThat(delivery.bytes()).as(where).isEqualTo(expected);
            assertThat(wire.exchanges() - before).as(where).isEqualTo(2);
          } else {
            requireTyped(fault, Cut.LOST, where);
            assertThat(expected.startsWith(delivery.bytes())).as(where).isTrue();
            assertThat(wire.exchanges() - before).as(where).isEqualTo(1);
          }
          if (call.name().startsWith(PushkeyRequest.COMMAND)) {
            assertThat(fault).as(where).isNotNull();
          } else if (fault != null) {
            assertThat(delivery.bytes().isEmpty()).as(where).isFalse();
          }
        }
      }
    }
  }

  /** All commands in one exchange, all of them encoded: the first response is long. */
  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void cutBatchDeliversThePrefixOfEachResponse(String encoding) throws IOException {
    Server server = serve(encoding);
    MemoryWire wire = server.wire;
    try (Peer peer = wire.connect(options(encoding, 1))) {
      List<ByteString> expected = new ArrayList<>();
      for (Outcome outcome : batch(peer, server.requests)) {
        assertThat(outcome.fault).isNull();
        expected.add(outcome.delivery.bytes());
      }
      Answer response = wire.last();
      for (Cut cut : Cut.values()) {
        for (int length = 0; length < response.body().length(); length++) {
          String where = cut + " after " + length;
          wire.replayNext(response, length, cut);
          List<Outcome> outcomes = batch(peer, server.requests);
          int failed = 0;
          for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            ByteString delivered = outcome.delivery.bytes();
            if (outcome.fault == null) {
              assertThat(failed).as(where).isZero();
              assertThat(delivered).as(where).isEqualTo(expected.get(i));
            } else {
              failed++;
              requireTyped(outcome.fault, cut, where);
              assertThat(expected.get(i).startsWith(delivered)).as(where).isTrue();
            }
          }
          assertThat(failed).as(where).isPositive();
        }
        assertThat(batch(peer, server.requests)).allMatch(outcome -> outcome.fault == null);
        requireSame(response, wire.last(), encoding, cut + " at last");
      }
    }
  }

  private record Outcome(Delivery delivery, Throwable fault) {}

  private static List<Outcome> batch(Peer peer, List<TypedRequest> requests) {
    Batch batch = peer.batch();
    List<CommandResponse> responses = new ArrayList<>();
    for (TypedRequest request : requests) {
      responses.add(batch.call(request.toRequest()));
    }
    Throwable unsent = catchThrowable(batch::send);
    List<Outcome> outcomes = new ArrayList<>();
    for (CommandResponse response : responses) {
      Delivery delivery = new Delivery();
      Throwable fault =
          unsent == null ? catchThrowable(() -> Version2Calls.objects(response, delivery)) : unsent;
      outcomes.add(new Outcome(delivery, fault));
    }
    return outcomes;
  }

  /** The handshake, by which a client learns what a server speaks. */
  @ParameterizedTest
  @EnumSource(Cut.class)
  void cutHandshakeIsATypedFailure(Cut cut) throws IOException {
    MemoryWire wire = serve("identity").wire;
    wire.connect(options("identity", 1)).close();
    Answer response = wire.last();
    for (int length = 0; length < response.body().length(); length++) {
      wire.replayNext(response, length, cut);
      Throwable fault = catchThrowable(() -> wire.connect(options("identity", 1)));
      assertThat(fault).as("after %d", length).isInstanceOf(PeerException.class);
      wire.connect(options("identity", 1)).close();
      response.requireSame(wire.last(), "after " + length);
    }
  }
}
