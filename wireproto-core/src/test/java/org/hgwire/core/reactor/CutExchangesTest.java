// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.RichMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges that end after every number of bytes, in both directions. */
final class CutExchangesTest {
  /** So that one command has several frames. */
  private static final WireLimits SMALL_FRAMES =
      WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, 64);

  /** Longer than the responses that are not encoded. */
  private static final int LONG = 5000;

  /** What both sides send. */
  private record Sent(ByteString toServer, ByteString toClient) {}

  /** Requests with and without data, and responses that end, that fail and that are mixed. */
  private static Sent exchange(String encoding) {
    try (Pair pair = new Pair(SMALL_FRAMES, encoding, encoding)) {
      CommandRequest long90 =
          CommandRequest.of(
              "unbundle",
              CborMap.builder().put("x", new CborBytes(ByteString.copyOf(new byte[90]))).build());
      int first = pair.client.call(long90, true);
      pair.client.sendData(first, counting(130));
      int second = pair.call("heads");
      pair.client.endData(first);
      int third = pair.call("known");
      byte[] up = all(pair.client::pollOutput);
      pair.server.receive(ByteBuffer.wrap(up));
      Events.all(pair.server);
      pair.server.respond(first, Pair.ok());
      pair.server.textOutput(first, RichMessage.of("hello"));
      pair.server.respond(second, counting(150));
      if (pair.server.responseEncoding() != null) {
        pair.server.respondEncoded(third, encoded(encoding));
      }
      pair.server.respond(third, Pair.ok());
      pair.server.failResponse(second, ErrorResponse.of(ErrorResponse.Type.SERVER, "no"));
      pair.server.respond(first, counting(pair.server.responseEncoding() == null ? 500 : LONG));
      pair.server.endResponse(first);
      pair.server.endResponse(third);
      return new Sent(ByteString.copyOf(up), ByteString.copyOf(all(pair.server::pollOutput)));
    }
  }

  private static ByteBuffer encoded(String encoding) {
    ByteBuffer output = ByteBuffer.allocate(1000);
    try (ContentEncoder encoder =
        ContentEncodings.named(encoding).preferred().get(0).newEncoder()) {
      encoder.encode(counting(200), output);
      assertThat(encoder.flush(output)).isTrue();
    }
    return output.flip();
  }

  private static ByteBuffer counting(int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (int i = 0; i < length; i++) {
      bytes.put((byte) (i % 251));
    }
    return bytes.flip();
  }

  private static byte[] all(Supplier<@Nullable ByteBuffer> output) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer next = output.get(); next != null; next = output.get()) {
      bytes.writeBytes(ByteString.copyOf(next).toByteArray());
    }
    return bytes.toByteArray();
  }

  private static List<Object> server(byte[] bytes, int length) {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(ByteBuffer.wrap(bytes, 0, length));
      List<Object> events = new ArrayList<>(Events.all(reactor));
      reactor.endOfInput();
      events.addAll(Events.all(reactor));
      return events;
    }
  }

  private static List<Object> client(byte[] bytes, int length) {
    try (ClientReactor reactor =
        new ClientReactor(
            WireLimits.defaults(),
            ContentEncodings.standard(),
            ContentEncodings.standard().preferred().get(0))) {
      for (int i = 0; i < 3; i++) {
        reactor.call(CommandRequest.of("heads", CborMap.empty()), false);
      }
      reactor.receive(ByteBuffer.wrap(bytes, 0, length));
      List<Object> events = new ArrayList<>(Events.all(reactor));
      reactor.endOfInput();
      events.addAll(Events.all(reactor));
      assertThat(reactor.activeRequests()).isZero();
      return events;
    }
  }

  /** Returns events as texts; those of data as one text for each byte, however it was cut. */
  private static List<String> texts(List<Object> events) {
    List<String> texts = new ArrayList<>();
    for (Object event : events) {
      if (event instanceof ServerEvent.CommandDataReceived data) {
        bytes(data.requestId(), data.data(), texts);
      } else if (event instanceof ClientEvent.ResponseReceived data) {
        bytes(data.requestId(), data.data(), texts);
      } else {
        texts.add(event.toString());
      }
    }
    return texts;
  }

  private static void bytes(int request, ByteBuffer data, List<String> texts) {
    for (int i = data.position(); i < data.limit(); i++) {
      texts.add("request " + request + ": " + data.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void cutInputIsAPrefixAndATruncation(String encoding) {
    byte[] input = exchange(encoding).toServer.toByteArray();
    List<String> whole = texts(server(input, input.length));
    assertThat(whole).hasSizeGreaterThan(130).last().asString().startsWith("InputEnded");
    int betweenRequests = 0;
    for (int length = 0; length < input.length; length++) {
      List<Object> events = server(input, length);
      Object last = events.remove(events.size() - 1);
      List<String> before = texts(events);
      assertThat(before).as("after %d", length).isEqualTo(whole.subList(0, before.size()));
      if (last instanceof ServerEvent.ProtocolFailed failed) {
        assertThat(failed.fault().code()).isEqualTo(WireErrorCode.TRUNCATED);
      } else {
        assertThat(last).isInstanceOf(ServerEvent.InputEnded.class);
        betweenRequests++;
      }
    }
    // Nothing at all, the settings, the two last requests; with an encoding, its settings.
    assertThat(betweenRequests).isBetween(3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "zlib", "zstd-8mb"})
  void cutResponsesFailAsTruncatedAfterAPrefix(String encoding) {
    byte[] input = exchange(encoding).toClient.toByteArray();
    List<String> whole = texts(client(input, input.length));
    assertThat(whole).hasSizeGreaterThan(650).last().asString().startsWith("InputEnded");
    for (int length = 0; length < input.length; length++) {
      int failed = 0;
      int ended = 0;
      List<Object> delivered = new ArrayList<>();
      for (Object event : client(input, length)) {
        if (event instanceof ClientEvent.RequestFailed request) {
          failed++;
          assertThat(request.fault().code()).isEqualTo(WireErrorCode.TRUNCATED);
        } else if (event instanceof ClientEvent.ProtocolFailed fault) {
          assertThat(fault.fault().code()).isEqualTo(WireErrorCode.TRUNCATED);
        } else if (!(event instanceof ClientEvent.InputEnded)) {
          delivered.add(event);
          ended +=
              event instanceof ClientEvent.ResponseEnded
                      || event instanceof ClientEvent.ErrorReceived
                  ? 1
                  : 0;
        }
      }
      List<String> before = texts(delivered);
      assertThat(before).as("after %d", length).isEqualTo(whole.subList(0, before.size()));
      assertThat(failed).as("after %d", length).isPositive().isEqualTo(3 - ended);
    }
  }
}
