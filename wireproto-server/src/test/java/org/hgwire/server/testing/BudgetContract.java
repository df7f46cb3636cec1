// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.Timeouts;
import org.junit.jupiter.api.Test;

/** What an adapter does when more is asked of the server than it may do at once. */
public interface BudgetContract extends HttpAdapter {
  /** A limit of one response at a time. */
  WireLimits ONE_RESPONSE = WireLimits.defaults().with(WireLimit.MAX_RESPONSES, 1);

  private static HttpService service(ScriptedExchange... exchanges) {
    Queue<ScriptedExchange> queue = new ArrayDeque<>(List.of(exchanges));
    return request -> {
      synchronized (queue) {
        return queue.remove();
      }
    };
  }

  private static String get(RunningServer server) {
    return "GET " + server.path() + "/x HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  private static String post(RunningServer server, int length) {
    return "POST "
        + server.path()
        + "/x HTTP/1.1\r\nHost: h\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  default void responseThatIsNotReadIsPaused() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.endless();
    try (RunningServer server = start(request -> exchange);
        RawClient client = new RawClient(server)) {
      client.send(get(server));
      Eventually.holds("the exchange is paused", exchange::isPaused);
      assertThat(exchange.isClosed()).isFalse();
      int pulled = exchange.pulled();
      client.skip(8 * 1024 * 1024);
      Eventually.holds("the response continues", () -> exchange.pulled() > pulled);
    }
    assertThat(exchange.wasUsedAfterClose()).isFalse();
  }

  @Test
  default void responseThatIsNotReadGivesWayToAnother() throws Exception {
    ScriptedExchange unread = ScriptedExchange.endless();
    HttpService service = service(unread, ScriptedExchange.text("served"));
    try (RunningServer server = start(service, Timeouts.defaults(), ONE_RESPONSE);
        RawClient hostile = new RawClient(server);
        RawClient honest = new RawClient(server)) {
      hostile.send(get(server));
      Eventually.holds("the response has begun", () -> unread.pulled() > 0);
      honest.send(get(server));
      assertThat(honest.read().body()).isEqualTo("served");
      Eventually.holds("the exchange is closed", unread::isClosed);
      assertThat(hostile.endsWithLastChunk()).isFalse();
    }
  }

  @Test
  default void responseThatWaitsInVainIsRefused() throws Exception {
    ScriptedExchange working =
        new ScriptedExchange(false, 1, new byte[10], true).working(Duration.ofSeconds(14));
    ScriptedExchange waiting = ScriptedExchange.text("never");
    HttpService service = service(working, waiting);
    try (RunningServer server = start(service, Timeouts.defaults(), ONE_RESPONSE);
        RawClient first = new RawClient(server);
        RawClient second = new RawClient(server)) {
      first.send(get(server));
      Thread.sleep(500);
      second.send(get(server));
      RawClient.Response refusal = second.read();
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.fields()).containsKey("retry-after");
      assertThat(second.isEnded()).isTrue();
      assertThat(waiting.pulled()).isZero();
      assertThat(first.read().body()).hasSize(10);
    }
  }

  @Test
  default void responsesWithinTheLimitWaitForNobody() throws Exception {
    ScriptedExchange unread = ScriptedExchange.endless();
    WireLimits two = ONE_RESPONSE.with(WireLimit.MAX_RESPONSES, 2);
    try (RunningServer server =
            start(service(unread, ScriptedExchange.text("served")), Timeouts.defaults(), two);
        RawClient hostile = new RawClient(server);
        RawClient honest = new RawClient(server)) {
      hostile.send(get(server));
      Eventually.holds("the response stalls", unread::isPaused);
      honest.send(get(server));
      assertThat(honest.read().body()).isEqualTo("served");
      assertThat(unread.isClosed()).isFalse();
    }
  }

  @Test
  default void requestThatIsNotSentToItsEndGivesWayToAnother() throws Exception {
    ScriptedExchange half = ScriptedExchange.afterBody("never");
    WireLimits one = WireLimits.defaults().with(WireLimit.MAX_OPEN_REQUESTS, 1);
    try (RunningServer server =
            start(service(half, ScriptedExchange.text("served")), Timeouts.defaults(), one);
        RawClient hostile = new RawClient(server);
        RawClient honest = new RawClient(server)) {
      hostile.send(post(server, 100) + "a");
      Eventually.holds("the body has begun", () -> half.receivedBytes() > 0);
      honest.send(get(server));
      assertThat(honest.read().body()).isEqualTo("served");
      RawClient.Response refusal = hostile.read();
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.fields()).containsKey("retry-after");
      Eventually.holds("the exchange is closed", half::isClosed);
    }
  }

  @Test
  default void placesAreLeftWhateverEndsRequests() throws Exception {
    WireLimits two =
        WireLimits.defaults().with(WireLimit.MAX_OPEN_REQUESTS, 2).with(WireLimit.MAX_RESPONSES, 2);
    HttpService service =
        request ->
            switch (request.target()) {
              case "/fails" -> new ScriptedExchange(false, 9, new byte[10], false).failingAt(2);
              case "/endless" -> ScriptedExchange.endless();
              case "/body" -> ScriptedExchange.afterBody("x");
              case "/breaks" -> throw new IllegalStateException("as the test wants");
              default -> ScriptedExchange.text("served");
            };
    try (RunningServer server = start(service, Timeouts.defaults(), two)) {
      for (int round = 0; round < 10; round++) {
        for (String target : List.of("/fails", "/endless", "/body", "/breaks", "/text")) {
          try (RawClient client = new RawClient(server)) {
            client.send(get(server).replace("/x", target));
            if (round % 2 == 0) {
              client.skip(1);
            }
          } catch (java.io.IOException cut) {
            // The server cuts a response that fails.
          }
        }
      }
      try (RawClient client = new RawClient(server)) {
        client.send(get(server));
        assertThat(client.read().body()).isEqualTo("served");
      }
    }
  }
}
