// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.RichMessage;

/** Properties of any input, however it is cut. */
final class ReactorPropertiesTest {
  private static final List<String> ENCODINGS = List.of("identity", "zlib", "zstd-8mb");

  /**
   * What both sides send in an exchange of two requests, one with data and one that fails midway.
   */
  private record Exchange(ByteString toServer, ByteString toClient) {
    static final List<Exchange> ALL = ENCODINGS.stream().map(Exchange::of).toList();

    static Exchange of(String encoding) {
      WireLimits limits = WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, 64);
      try (Pair pair = new Pair(limits, encoding, encoding)) {
        CommandRequest request =
            CommandRequest.of(
                "unbundle",
                CborMap.builder().put("x", new CborBytes(ByteString.copyOf(new byte[90]))).build());
        int first = pair.client.call(request, true);
        pair.client.sendData(first, ByteBuffer.allocate(130));
        pair.client.endData(first);
        int second = pair.call("heads");
        ByteArrayOutputStream up = new ByteArrayOutputStream();
        for (ByteBuffer b = pair.client.pollOutput(); b != null; b = pair.client.pollOutput()) {
          up.writeBytes(ByteString.copyOf(b).toByteArray());
        }
        pair.server.receive(ByteBuffer.wrap(up.toByteArray()));
        assertThat(Events.failure(Events.all(pair.server))).isNull();
        pair.server.respond(first, Pair.ok());
        pair.server.respond(second, ByteBuffer.allocate(150));
        pair.server.textOutput(first, RichMessage.of("hello"));
        pair.server.failResponse(second, ErrorResponse.of(ErrorResponse.Type.SERVER, "no"));
        pair.server.respond(first, ByteBuffer.allocate(70));
        pair.server.endResponse(first);
        ByteArrayOutputStream down = new ByteArrayOutputStream();
        for (ByteBuffer b = pair.server.pollOutput(); b != null; b = pair.server.pollOutput()) {
          down.writeBytes(ByteString.copyOf(b).toByteArray());
        }
        return new Exchange(
            ByteString.copyOf(up.toByteArray()), ByteString.copyOf(down.toByteArray()));
      }
    }
  }

  private static List<Object> server(byte[] bytes, Random cuts) {
    List<Object> events = new ArrayList<>();
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      int at = 0;
      while (at < bytes.length && Events.failure(events) == null) {
        int length = Math.min(bytes.length - at, cuts.nextInt(1, 200));
        reactor.receive(ByteBuffer.wrap(bytes, at, length));
        at += length;
        events.addAll(Events.all(reactor));
      }
      reactor.endOfInput();
      events.addAll(Events.all(reactor));
      return events;
    }
  }

  private static List<Object> client(byte[] bytes, Random cuts) {
    List<Object> events = new ArrayList<>();
    try (ClientReactor reactor =
        new ClientReactor(
            WireLimits.defaults(),
            ContentEncodings.standard(),
            ContentEncodings.standard().preferred().get(2))) {
      reactor.call(CommandRequest.of("heads", CborMap.empty()), false);
      reactor.call(CommandRequest.of("heads", CborMap.empty()), false);
      int at = 0;
      while (at < bytes.length && Events.failure(events) == null) {
        int length = Math.min(bytes.length - at, cuts.nextInt(1, 200));
        reactor.receive(ByteBuffer.wrap(bytes, at, length));
        at += length;
        events.addAll(Events.all(reactor));
      }
      reactor.endOfInput();
      events.addAll(Events.all(reactor));
      assertThat(reactor.activeRequests()).isZero();
      return events;
    }
  }

  /** Returns the events as text; data is joined, since it is cut where the input is. */
  private static List<String> comparable(List<Object> events) {
    List<String> texts = new ArrayList<>();
    for (Object event : events) {
      if (event instanceof ServerEvent.CommandDataReceived data) {
        addData(texts, data.requestId(), data.data());
      } else if (event instanceof ClientEvent.ResponseReceived data) {
        addData(texts, data.requestId(), data.data());
      } else {
        texts.add(event.toString());
      }
    }
    return texts;
  }

  private static void addData(List<String> texts, int request, ByteBuffer data) {
    String head = "data " + request + " ";
    int last = texts.size() - 1;
    String hex = ByteString.copyOf(data).hex();
    if (last >= 0 && texts.get(last).startsWith(head)) {
      texts.set(last, texts.get(last) + hex);
    } else {
      texts.add(head + hex);
    }
  }

  @Property(tries = 3_000)
  void anyChunkingGivesTheSameEvents(@ForAll long seed) {
    Random random = new Random(seed);
    Exchange exchange = Exchange.ALL.get(random.nextInt(3));
    Random whole =
        new Random() {
          private static final long serialVersionUID = 1L;

          @Override
          public int nextInt(int from, int to) {
            return Integer.MAX_VALUE;
          }
        };
    List<String> server = comparable(server(exchange.toServer.toByteArray(), whole));
    List<String> client = comparable(client(exchange.toClient.toByteArray(), whole));
    assertThat(server).last().isEqualTo(new ServerEvent.InputEnded().toString());
    assertThat(client).last().isEqualTo(new ClientEvent.InputEnded().toString());
    assertThat(comparable(server(exchange.toServer.toByteArray(), random))).isEqualTo(server);
    assertThat(comparable(client(exchange.toClient.toByteArray(), random))).isEqualTo(client);
  }

  /** An exception would fail the property. */
  @Property(tries = 20_000)
  void arbitraryBytesGiveEventsOnly(@ForAll @Size(max = 100) byte[] bytes, @ForAll long seed) {
    assertOneEnd(server(bytes, new Random(seed)));
    assertOneEnd(client(bytes, new Random(seed)));
  }

  @Property(tries = 30_000)
  void damagedExchangesGiveEventsOnly(@ForAll long seed) {
    Random random = new Random(seed);
    Exchange exchange = Exchange.ALL.get(random.nextInt(3));
    assertOneEnd(server(damaged(exchange.toServer.toByteArray(), random), random));
    assertOneEnd(client(damaged(exchange.toClient.toByteArray(), random), random));
  }

  /** Changes, removes, repeats or inserts a few bytes. */
  private static byte[] damaged(byte[] sound, Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int rate = random.nextInt(10, 2 * sound.length);
    for (byte b : sound) {
      int what = random.nextInt(rate);
      if (what == 0) {
        bytes.write(random.nextInt(256));
      } else if (what == 1) {
        bytes.write(b ^ (1 << random.nextInt(8)));
      } else if (what == 2) {
        bytes.write(b);
        bytes.write(b);
      } else if (what != 3) {
        bytes.write(b);
      }
    }
    return bytes.toByteArray();
  }

  private static void assertOneEnd(List<Object> events) {
    long ends =
        events.stream()
            .filter(
                event ->
                    event instanceof ServerEvent.InputEnded
                        || event instanceof ServerEvent.ProtocolFailed
                        || event instanceof ClientEvent.InputEnded
                        || event instanceof ClientEvent.ProtocolFailed)
            .count();
    assertThat(ends).isEqualTo(1);
  }
}
