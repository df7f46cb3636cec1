// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.message.RichMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two reactors connected in memory. */
final class BackToBackTest {
  private static final String ALL =
      """
      identity, identity
      identity, zlib
      identity, zstd-8mb
      zlib, identity
      zlib, zlib
      zlib, zstd-8mb
      zstd-8mb, identity
      zstd-8mb, zlib
      zstd-8mb, zstd-8mb
      """;

  private static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) random.nextInt(random.nextInt(1, 40));
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource(textBlock = ALL)
  void interleavedResponsesArriveInEveryEncoding(String responses, String requests) {
    try (Pair pair = new Pair(responses, requests)) {
      int first = pair.call("heads");
      int second = pair.call("known");
      assertThat(pair.toServer())
          .hasSize(3)
          .endsWith(
              new ServerEvent.CommandReceived(
                  second, CommandRequest.of("known", CborMap.empty()), false));
      byte[] one = noise(200_000, 1);
      byte[] two = noise(150_000, 2);
      List<ClientEvent> events = new ArrayList<>();
      for (int at = 0; at < 200_000; at += 10_000) {
        pair.server.respond(first, ByteBuffer.wrap(one, at, 10_000));
        if (at < 150_000) {
          pair.server.respond(second, ByteBuffer.wrap(two, at, 10_000));
        }
        events.addAll(pair.toClient());
      }
      pair.server.endResponse(second);
      pair.server.endResponse(first);
      events.addAll(pair.toClient());
      assertThat(Pair.response(events, first)).isEqualTo(one);
      assertThat(Pair.response(events, second)).isEqualTo(two);
      assertThat(events)
          .contains(new ClientEvent.ResponseEnded(first), new ClientEvent.ResponseEnded(second));
      assertThat(pair.client.activeRequests()).isZero();
      assertThat(pair.server.activeRequests()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = ALL)
  void longRequestsAndTheirDataArrive(String responses, String requests) {
    try (Pair pair = new Pair(responses, requests)) {
      byte[] argument = noise(120_000, 3);
      CommandRequest request =
          CommandRequest.of(
              "unbundle",
              CborMap.builder().put("blob", new CborBytes(ByteString.copyOf(argument))).build());
      int id = pair.client.call(request, true);
      int other = pair.call("heads");
      byte[] data = noise(300_000, 4);
      pair.client.sendData(id, ByteBuffer.wrap(data, 0, 100_000));
      pair.client.sendData(id, ByteBuffer.wrap(data, 100_000, 200_000));
      pair.client.endData(id);
      List<ServerEvent> events = pair.toServer();
      assertThat(events).contains(new ServerEvent.CommandReceived(id, request, true));
      assertThat(events)
          .contains(
              new ServerEvent.CommandReceived(
                  other, CommandRequest.of("heads", CborMap.empty()), false));
      ByteBuffer received = ByteBuffer.allocate(300_000);
      for (ServerEvent event : events) {
        if (event instanceof ServerEvent.CommandDataReceived piece) {
          assertThat(piece.requestId()).isEqualTo(id);
          received.put(piece.data());
        }
      }
      assertThat(received.array()).isEqualTo(data);
      assertThat(events).endsWith(new ServerEvent.CommandDataEnded(id));
    }
  }

  @ParameterizedTest
  @CsvSource({"identity", "zlib", "zstd-8mb"})
  void errorInAResponseDoesNotAffectTheNext(String encoding) {
    try (Pair pair = new Pair(encoding, "identity")) {
      int doomed = pair.call("filedata");
      int other = pair.call("heads");
      pair.toServer();
      byte[] dead = noise(5_000, 5);
      pair.server.respond(other, Pair.ok());
      pair.server.respond(doomed, ByteBuffer.wrap(dead));
      ErrorResponse error = ErrorResponse.of(ErrorResponse.Type.SERVER, "100% of the disk broke");
      pair.server.failResponse(doomed, error);
      byte[] rest = noise(5_000, 6);
      pair.server.respond(other, ByteBuffer.wrap(rest));
      pair.server.endResponse(other);
      int next = pair.call("known");
      pair.toServer();
      pair.server.respond(next, Pair.ok());
      pair.server.endResponse(next);
      List<ClientEvent> events = pair.toClient();
      assertThat(events).contains(new ClientEvent.ErrorReceived(doomed, error));
      assertThat(Pair.response(events, doomed).length).isLessThanOrEqualTo(dead.length);
      byte[] whole = Pair.response(events, other);
      int ok = Pair.ok().remaining();
      assertThat(whole).hasSize(ok + rest.length).endsWith(rest);
      assertThat(Pair.response(events, next)).hasSize(ok);
      assertThat(events).endsWith(new ClientEvent.ResponseEnded(next));
    }
  }

  @Test
  void requestIdsWrapInOneReactor() {
    try (Pair pair = new Pair("identity", "identity")) {
      int slow = pair.call("slow");
      pair.toServer();
      int wraps = 0;
      int previous = slow;
      for (int i = 0; i < 100_000; i++) {
        int id = pair.call("heads");
        wraps += id < previous ? 1 : 0;
        previous = id;
        assertThat(id & 1).isEqualTo(1);
        assertThat(id).isNotEqualTo(slow);
        pair.toServer();
        pair.server.respond(id, Pair.ok());
        pair.server.endResponse(id);
        assertThat(pair.toClient()).endsWith(new ClientEvent.ResponseEnded(id));
      }
      assertThat(wraps).isEqualTo(3);
      assertThat(pair.client.activeRequests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"identity", "zlib", "zstd-8mb"})
  void retiredStreamIdsAreReused(String encoding) {
    try (Pair pair = new Pair(encoding, "identity")) {
      for (int i = 0; i < 1_000; i++) {
        int id = pair.call("heads");
        pair.toServer();
        pair.server.respond(id, Pair.ok());
        pair.server.flush();
        pair.server.failResponse(id, ErrorResponse.of(ErrorResponse.Type.SERVER, "no"));
        assertThat(pair.toClient())
            .hasSize(2)
            .endsWith(
                new ClientEvent.ErrorReceived(
                    id, ErrorResponse.of(ErrorResponse.Type.SERVER, "no")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"identity", "zlib", "zstd-8mb"})
  void responseWithoutObjectsEnds(String encoding) {
    try (Pair pair = new Pair(encoding, "identity")) {
      int id = pair.call("heads");
      pair.toServer();
      pair.server.endResponse(id);
      assertThat(pair.toClient()).containsExactly(new ClientEvent.ResponseEnded(id));
    }
  }

  @Test
  void textAndProgressReachAClientThatAcceptsThem() {
    try (Pair pair = new Pair("zlib", "identity")) {
      int id = pair.call("heads");
      pair.toServer();
      RichMessage text = RichMessage.of("50% done\n");
      ProgressUpdate update =
          new ProgressUpdate(ByteString.utf8("files"), 1, 2, ByteString.utf8("file"), null);
      pair.server.respond(id, Pair.ok());
      pair.server.textOutput(id, text);
      pair.server.progress(id, update);
      pair.server.endResponse(id);
      List<ClientEvent> events = pair.toClient();
      assertThat(events)
          .contains(
              new ClientEvent.TextOutputReceived(id, text),
              new ClientEvent.ProgressReceived(id, update));
      assertThat(Pair.response(events, id)).hasSize(Pair.ok().remaining());
    }
  }

  @Test
  void textTooLongForAFrameIsTruncated() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, 400);
    try (Pair pair = new Pair(limits, "identity", "identity")) {
      int id = pair.call("heads");
      pair.toServer();
      pair.server.textOutput(id, RichMessage.of("%".repeat(5_000)));
      pair.server.failResponse(id, ErrorResponse.of(ErrorResponse.Type.COMMAND, "é".repeat(5_000)));
      assertThat(pair.toClient())
          .containsExactly(
              new ClientEvent.TextOutputReceived(id, RichMessage.of("%".repeat(100))),
              new ClientEvent.ErrorReceived(
                  id, ErrorResponse.of(ErrorResponse.Type.COMMAND, "é".repeat(50))));
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = ALL)
  void framesOfOneByteCarryEverything(String responses, String requests) {
    WireLimits limits = WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, 16);
    try (Pair pair = new Pair(limits, responses, requests)) {
      int id = pair.client.call(CommandRequest.of("a-rather-long-name", CborMap.empty()), true);
      pair.client.sendData(id, ByteBuffer.wrap(noise(100, 7)));
      pair.client.endData(id);
      assertThat(pair.toServer()).endsWith(new ServerEvent.CommandDataEnded(id));
      byte[] data = noise(1_000, 8);
      pair.server.respond(id, ByteBuffer.wrap(data));
      pair.server.endResponse(id);
      List<ClientEvent> events = pair.toClient();
      assertThat(Pair.response(events, id)).isEqualTo(data);
    }
  }

  @Test
  void requestsBeyondTheActiveLimitAreNotRefused() {
    WireLimits limits = WireLimits.defaults();
    try (Pair pair = new Pair("identity", "identity")) {
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < limits.intOf(WireLimit.MAX_ACTIVE_REQUESTS); i++) {
        assertThat(pair.server.wantsInput()).isTrue();
        ids.add(pair.call("heads"));
        pair.toServer();
      }
      assertThat(pair.server.wantsInput()).isFalse();
      ids.add(pair.call("heads"));
      assertThat(Events.failure(pair.toServer())).isNull();
      pair.server.endResponse(ids.get(0));
      assertThat(pair.server.wantsInput()).isFalse();
      pair.server.endResponse(ids.get(1));
      assertThat(pair.server.wantsInput()).isTrue();
    }
  }

  @Test
  void requestsReceivingDataKeepInputWanted() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_ACTIVE_REQUESTS, 1);
    try (Pair pair = new Pair(limits, "identity", "identity")) {
      int id = pair.client.call(CommandRequest.of("unbundle", CborMap.empty()), true);
      pair.toServer();
      assertThat(pair.server.activeRequests()).isEqualTo(1);
      assertThat(pair.server.wantsInput()).isTrue();
      pair.client.endData(id);
      pair.toServer();
      assertThat(pair.server.wantsInput()).isFalse();
    }
  }

  @Test
  void dataAfterItsResponseIsDropped() {
    try (Pair pair = new Pair("identity", "identity")) {
      int id = pair.client.call(CommandRequest.of("unbundle", CborMap.empty()), true);
      pair.toServer();
      pair.server.respond(id, Pair.ok());
      pair.server.endResponse(id);
      assertThat(pair.toClient()).endsWith(new ClientEvent.ResponseEnded(id));
      pair.client.sendData(id, ByteBuffer.wrap(noise(10, 9)));
      pair.client.endData(id);
      assertThat(pair.toServer()).isEmpty();
      pair.client.endOfInput();
      pair.server.endOfInput();
      assertThat(Events.all(pair.server)).containsExactly(new ServerEvent.InputEnded());
      assertThat(Events.all(pair.client)).containsExactly(new ClientEvent.InputEnded());
    }
  }

  @Test
  void dataBeyondItsLimitIsRefused() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_COMMAND_DATA, 10);
    for (int allowed : new int[] {10, 12}) {
      for (int size = 9; size < 14; size++) {
        try (Pair pair = new Pair(limits, "identity", "identity")) {
          int id = pair.client.call(CommandRequest.of("unbundle", CborMap.empty()), true);
          pair.toServer();
          pair.server.allowCommandData(id, allowed);
          pair.client.sendData(id, ByteBuffer.allocate(size));
          pair.client.endData(id);
          assertThat(Events.failure(pair.toServer()))
              .isEqualTo(size > allowed ? WireErrorCode.LIMIT : null);
        }
      }
    }
  }
}
