// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map.Entry;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.junit.jupiter.api.Test;

/** How an adapter drives an exchange, and what the client sees of it in HTTP/1.1. */
public interface ExchangeContract extends HttpAdapter {
  /** A service that responds with one scripted exchange after the other. */
  final class Script implements HttpService {
    private final Queue<ScriptedExchange> exchanges;
    private final List<RequestHead> requests = new CopyOnWriteArrayList<>();

    Script(ScriptedExchange... exchanges) {
      this.exchanges = new ArrayDeque<>(List.of(exchanges));
    }

    @Override
    public synchronized HttpExchange open(RequestHead request) {
      requests.add(request);
      return exchanges.remove();
    }

    List<RequestHead> requests() {
      return requests;
    }
  }

  private static String get(RunningServer server, String target) {
    return "GET " + server.path() + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  private static String post(RunningServer server, String fields) {
    return "POST " + server.path() + "/x HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
  }

  @Test
  default void respondsAndKeepsTheConnection() throws Exception {
    ScriptedExchange first = ScriptedExchange.text("hello");
    Script script = new Script(first, ScriptedExchange.text("again"));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(get(server, "/a?b"));
      RawClient.Response response = client.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.fields())
          .containsEntry("content-length", "5")
          .doesNotContainKey("connection");
      assertThat(response.body()).isEqualTo("hello");
      Eventually.holds("the exchange is closed", first::isClosed);
      client.send(get(server, "/c"));
      assertThat(client.read().body()).isEqualTo("again");
    }
  }

  @Test
  default void headOfRequestIsWhatWasSent() throws Exception {
    Script script = new Script(ScriptedExchange.text("x"));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(
          "GET "
              + server.path()
              + "/a%20b/%C3%A9?cmd=x&y=%2F HTTP/1.1\r\nHost: h:1\r\nX-One: 1\r\nX-Two: 2\r\nX-One: 3\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      RequestHead head = script.requests().get(0);
      assertThat(head.method()).isEqualTo("GET");
      assertThat(head.target()).isEqualTo("/a%20b/%C3%A9?cmd=x&y=%2F");
      assertThat(head.fields().entries())
          .filteredOn(field -> field.getKey().equalsIgnoreCase("X-One"))
          .extracting(Entry::getValue)
          .containsExactly("1", "3");
      assertThat(head.fields().first("host")).isEqualTo("h:1");
      assertThat(head.connection().secure()).isFalse();
      assertThat(head.connection().certificates()).isEmpty();
      InetSocketAddress address = (InetSocketAddress) head.connection().address();
      assertThat(address).isNotNull();
      assertThat(address.getAddress().isLoopbackAddress()).isTrue();
      assertThat(address.getPort()).isPositive();
    }
  }

  @Test
  default void respondsToPipelinedRequestsInOrder() throws Exception {
    Script script =
        new Script(
            ScriptedExchange.text("one"),
            ScriptedExchange.afterBody("two"),
            ScriptedExchange.text("three"));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(
          get(server, "/1") + post(server, "Content-Length: 3\r\n") + "abc" + get(server, "/3"));
      assertThat(client.read().body()).isEqualTo("one");
      assertThat(client.read().body()).isEqualTo("two");
      assertThat(client.read().body()).isEqualTo("three");
    }
  }

  @Test
  default void endsResponseToHttp10WithTheConnection() throws Exception {
    Script script = new Script(new ScriptedExchange(false, 2, new byte[] {'x'}, false));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send("GET " + server.path() + "/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      RawClient.Response response = client.read();
      assertThat(response.fields()).doesNotContainKeys("transfer-encoding", "content-length");
      assertThat(response.body()).isEqualTo("xx");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  default void chunksResponseOfUnknownLength() throws Exception {
    Script script =
        new Script(
            new ScriptedExchange(false, 2, new byte[] {'x'}, false), ScriptedExchange.text("y"));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(get(server, "/"));
      RawClient.Response response = client.read();
      assertThat(response.fields()).containsEntry("transfer-encoding", "chunked");
      assertThat(response.body()).isEqualTo("xx");
      client.send(get(server, "/"));
      assertThat(client.read().body()).isEqualTo("y");
    }
  }

  @Test
  default void sendsLargeResponseWhole() throws Exception {
    byte[] buffer = new byte[100_000];
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] = (byte) ('a' + i % 23);
    }
    Script script =
        new Script(
            new ScriptedExchange(false, 50, buffer, false),
            new ScriptedExchange(false, 50, buffer, true));
    String whole = new String(buffer, StandardCharsets.ISO_8859_1).repeat(50);
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      for (int round = 0; round < 2; round++) {
        client.send(get(server, "/"));
        RawClient.Response response = client.read();
        assertThat(response.complete()).isTrue();
        assertThat(response.body().equals(whole)).isTrue();
      }
    }
  }

  @Test
  default void sendsEachBufferAtOnce() throws Exception {
    ScriptedExchange exchange =
        new ScriptedExchange(false, 3, "tick".getBytes(StandardCharsets.UTF_8), false)
            .working(Duration.ofMillis(400));
    try (RunningServer server = start(new Script(exchange));
        RawClient client = new RawClient(server)) {
      client.send(get(server, "/"));
      client.skip("HTTP/1.1 200".length());
      assertThat(exchange.pulled()).isLessThan(3);
    }
  }

  @Test
  default void passesChunkedBodyPieceByPiece() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server = start(new Script(exchange, ScriptedExchange.text("next")));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "Transfer-Encoding: chunked\r\n"));
      client.send("3\r\nabc\r\n");
      Eventually.holds("a piece came", () -> exchange.receivedBytes() == 3);
      client.send("2\r\nde\r\n");
      Eventually.holds("two pieces came", () -> exchange.receivedBytes() == 5);
      assertThat(String.join("", exchange.received())).isEqualTo("abcde");
      client.send("0\r\n\r\n");
      RawClient.Response response = client.read();
      assertThat(response.body()).isEqualTo("done");
      assertThat(response.fields()).doesNotContainKey("connection");
      client.send(get(server, "/"));
      assertThat(client.read().body()).isEqualTo("next");
    }
  }

  @Test
  default void passesLargeBodyWhole() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server = start(new Script(exchange));
        RawClient client = new RawClient(server)) {
      int size = 5_000_000;
      client.send(
          post(server, "Content-Length: " + size + "\r\n") + "0123456789".repeat(size / 10));
      assertThat(client.read().body()).isEqualTo("done");
      assertThat(String.join("", exchange.received()).equals("0123456789".repeat(size / 10)))
          .isTrue();
    }
  }

  @Test
  default void emptyBodyEndsAtOnce() throws Exception {
    Script script =
        new Script(ScriptedExchange.afterBody("one"), ScriptedExchange.afterBody("two"));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(post(server, "Content-Length: 0\r\n"));
      assertThat(client.read().body()).isEqualTo("one");
      client.send(get(server, "/"));
      assertThat(client.read().body()).isEqualTo("two");
    }
  }

  @Test
  default void readsNothingThatIsNotWanted() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.endless();
    try (RunningServer server = start(new Script(exchange));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "Content-Length: 1000000000\r\n"));
      assertThat(client.offer(200_000_000)).isLessThan(16_000_000);
      assertThat(exchange.received()).isEmpty();
    }
  }

  @Test
  default void tellsWaitingClientToContinue() throws Exception {
    try (RunningServer server = start(new Script(ScriptedExchange.afterBody("done")));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "Expect: 100-continue\r\nContent-Length: 3\r\n"));
      assertThat(client.read().status()).isEqualTo(100);
      client.send("abc");
      RawClient.Response response = client.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("done");
    }
  }

  @Test
  default void doesNotAskForBodyThatIsNotWanted() throws Exception {
    try (RunningServer server = start(new Script(ScriptedExchange.text("no")));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "Expect: 100-continue\r\nContent-Length: 3\r\n"));
      RawClient.Response response = client.read();
      if (!asksForBodyOnlyWhenWanted()) {
        assertThat(response.status()).isEqualTo(100);
        client.send("abc");
        response = client.read();
      }
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.fields()).containsEntry("connection", "close");
      assertThat(response.body()).isEqualTo("no");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  default void discardsBodyThatIsNotWanted() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.text("no");
    try (RunningServer server = start(new Script(exchange));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "Content-Length: 10000000\r\n") + "a".repeat(5_000_000));
      client.send("a".repeat(5_000_000));
      RawClient.Response response = client.read();
      assertThat(response.fields()).containsEntry("connection", "close");
      assertThat(response.body()).isEqualTo("no");
      assertThat(exchange.received()).isEmpty();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  default void clientThatDoesNotReadPausesTheWork() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.endless();
    try (RunningServer server = start(new Script(exchange));
        RawClient client = new RawClient(server)) {
      client.send(get(server, "/"));
      Eventually.holds("the response begins", () -> exchange.pulled() > 0);
      long pulled = Eventually.settles(exchange::pulled);
      assertThat(pulled * ScriptedExchange.ENDLESS_BUFFER).isLessThan(8_000_000);
      for (int round = 0; round < 3; round++) {
        long before = pulled;
        client.skip(20_000_000);
        pulled = Eventually.settles(exchange::pulled);
        assertThat((pulled - before) * ScriptedExchange.ENDLESS_BUFFER)
            .isBetween(12_000_000L, 28_000_000L);
      }
    }
  }

  @Test
  default void clientThatVanishesStopsTheResponse() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.endless();
    try (RunningServer server = start(new Script(exchange))) {
      try (RawClient client = new RawClient(server)) {
        client.send(get(server, "/"));
        Eventually.settles(exchange::pulled);
        assertThat(exchange.isClosed()).isFalse();
        client.resetOnClose();
      }
      Eventually.holds("the exchange is closed", exchange::isClosed);
      assertThat(exchange.wasUsedAfterClose()).isFalse();
    }
  }

  @Test
  default void clientThatVanishesStopsTheRequest() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server = start(new Script(exchange))) {
      try (RawClient client = new RawClient(server)) {
        client.send(post(server, "Content-Length: 10\r\n") + "abc");
        Eventually.holds("a piece came", () -> exchange.receivedBytes() == 3);
      }
      Eventually.holds("the exchange is closed", exchange::isClosed);
      assertThat(exchange.pulled()).isZero();
    }
  }

  @Test
  default void malformedChunkEndsTheRequest() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server = start(new Script(exchange));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n");
      Eventually.holds("a piece came", () -> exchange.receivedBytes() == 3);
      client.send("nonsense\r\n");
      Eventually.holds("the exchange is closed", exchange::isClosed);
      assertThat(exchange.pulled()).isZero();
    }
  }

  @Test
  default void responseThatFailsIsCut() throws Exception {
    ScriptedExchange chunked = new ScriptedExchange(false, 5, new byte[50_000], false).failingAt(3);
    ScriptedExchange counted = new ScriptedExchange(false, 5, new byte[50_000], true).failingAt(3);
    try (RunningServer server = start(new Script(chunked, counted))) {
      for (ScriptedExchange exchange : List.of(chunked, counted)) {
        try (RawClient client = new RawClient(server)) {
          client.send(get(server, "/"));
          RawClient.Response response = client.read();
          assertThat(response.status()).isEqualTo(200);
          assertThat(response.complete()).isFalse();
          assertThat(response.body().length()).isBetween(1, 150_000);
          Eventually.holds("the exchange is closed", exchange::isClosed);
        }
      }
    }
  }

  @Test
  default void requestLineThatIsTooLongIsRefused() throws Exception {
    Script script = new Script();
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(get(server, "/" + "a".repeat(40_000)));
      assertThat(client.read().status()).isIn(400, 414, 431);
      assertThat(script.requests()).isEmpty();
    }
  }

  @Test
  default void headerOfFourKibibytesIsAccepted() throws Exception {
    Script script = new Script(ScriptedExchange.text("x"));
    try (RunningServer server = start(script);
        RawClient client = new RawClient(server)) {
      client.send(
          "GET "
              + server.path()
              + "/ HTTP/1.1\r\nHost: h\r\nX-HgArg-1: "
              + "a".repeat(4000)
              + "\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  default void serverThatStopsClosesTheExchange() throws Exception {
    ScriptedExchange responding = ScriptedExchange.endless();
    ScriptedExchange reading = ScriptedExchange.afterBody("done");
    RunningServer server = start(new Script(responding, reading));
    try (RawClient first = new RawClient(server);
        RawClient second = new RawClient(server)) {
      try (server) {
        first.send(get(server, "/"));
        Eventually.settles(responding::pulled);
        second.send(post(server, "Content-Length: 10\r\n") + "abc");
        Eventually.holds("a piece came", () -> reading.receivedBytes() == 3);
      }
      Eventually.holds("one exchange is closed", responding::isClosed);
      Eventually.holds("the other exchange is closed", reading::isClosed);
    }
  }
}
