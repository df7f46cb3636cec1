// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.hgwire.server.http.Timeouts;
import org.junit.jupiter.api.Test;

/** How long an adapter lets a client take. */
public interface PaceContract extends HttpAdapter {
  /** A time that is short for a client and long for the machine. */
  Duration SHORT = Duration.ofMillis(1500);

  private static String post(RunningServer server, String length) {
    return "POST "
        + server.path()
        + "/x HTTP/1.1\r\nHost: h\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static String get(RunningServer server) {
    return "GET " + server.path() + "/ HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  private static void expect408(RawClient client, ScriptedExchange exchange) throws Exception {
    RawClient.Response response = client.read();
    assertThat(response.status()).isEqualTo(408);
    assertThat(response.fields()).containsEntry("connection", "close");
    Eventually.holds("the exchange is closed", exchange::isClosed);
    assertThat(client.isEnded()).isTrue();
  }

  @Test
  default void bodyThatNeverBeginsIs408() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server =
            start(request -> exchange, Timeouts.defaults().withFirstFrame(SHORT));
        RawClient client = new RawClient(server)) {
      long begun = System.nanoTime();
      client.send(post(server, "3"));
      expect408(client, exchange);
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(SHORT.minusMillis(100), Duration.ofSeconds(8));
    }
  }

  @Test
  default void bodyThatStallsIs408() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server = start(request -> exchange, Timeouts.defaults().withIdle(SHORT));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "90000") + "a".repeat(80_000));
      expect408(client, exchange);
      assertThat(exchange.receivedBytes()).isEqualTo(80_000);
    }
  }

  @Test
  default void bodyThatDripsIs408() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server =
            start(request -> exchange, Timeouts.defaults().withMinRate(1000, SHORT));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "90000") + "a");
      for (int sent = 0; sent < 40 && !exchange.isClosed(); sent++) {
        client.send("a");
        Thread.sleep(100);
      }
      assertThat(exchange.isClosed()).isTrue();
      assertThat(client.read().status()).isEqualTo(408);
    }
  }

  @Test
  default void bodyThatIsFastEnoughIsAccepted() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.afterBody("done");
    try (RunningServer server =
            start(
                request -> exchange,
                Timeouts.defaults().withMinRate(1000, Duration.ofMillis(500)).withIdle(SHORT));
        RawClient client = new RawClient(server)) {
      client.send(post(server, "15000"));
      for (int sent = 0; sent < 15; sent++) {
        client.send("a".repeat(1000));
        Thread.sleep(200);
      }
      assertThat(client.read().body()).isEqualTo("done");
    }
  }

  @Test
  default void responseThatIsNotReadIsCut() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.endless();
    Timeouts timeouts =
        Timeouts.defaults().withWriteStall(SHORT).withMinRate(0, Duration.ofSeconds(20));
    try (RunningServer server = start(request -> exchange, timeouts);
        RawClient client = new RawClient(server)) {
      client.send(get(server));
      Eventually.holds("the exchange is closed", exchange::isClosed);
      assertThat(client.endsWithLastChunk()).isFalse();
      assertThat(exchange.wasUsedAfterClose()).isFalse();
    }
  }

  @Test
  default void responseThatIsReadTooSlowlyIsCut() throws Exception {
    ScriptedExchange exchange = ScriptedExchange.endless();
    Timeouts timeouts = Timeouts.defaults().withMinRate(1_000_000, SHORT);
    try (RunningServer server = start(request -> exchange, timeouts);
        RawClient client = new RawClient(server)) {
      client.send(get(server));
      for (int read = 0; read < 100 && !exchange.isClosed(); read++) {
        client.skip(10_000);
        Thread.sleep(100);
      }
      assertThat(exchange.isClosed()).isTrue();
      assertThat(client.endsWithLastChunk()).isFalse();
    }
  }

  @Test
  default void timeOfWorkDoesNotCount() throws Exception {
    Timeouts timeouts = new Timeouts(SHORT, SHORT, 1000, SHORT, SHORT);
    ScriptedExchange exchange =
        new ScriptedExchange(true, 3, new byte[100], true).working(SHORT.plusMillis(500));
    try (RunningServer server = start(request -> exchange, timeouts);
        RawClient client = new RawClient(server)) {
      client.send(post(server, "3") + "abc");
      RawClient.Response response = client.read();
      assertThat(response.complete()).isTrue();
      assertThat(response.body()).hasSize(300);
    }
  }

  @Test
  default void clientThatReadsInTurnsIsServed() throws Exception {
    ScriptedExchange exchange = new ScriptedExchange(false, 600, new byte[32 * 1024], true);
    Timeouts timeouts = Timeouts.defaults().withWriteStall(SHORT);
    try (RunningServer server = start(request -> exchange, timeouts);
        RawClient client = new RawClient(server)) {
      client.send(get(server));
      for (int round = 0; round < 8; round++) {
        Thread.sleep(500);
        client.skip(2_000_000);
      }
      Eventually.holds("the response ends", () -> exchange.pulled() == 600 || drain(client));
      Eventually.holds("the exchange is closed", exchange::isClosed);
      assertThat(exchange.pulled()).isEqualTo(600);
    }
  }

  private static boolean drain(RawClient client) {
    try {
      client.skip(100_000);
    } catch (IOException cut) {
      throw new AssertionError("the response was cut", cut);
    }
    return false;
  }
}
