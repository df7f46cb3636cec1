// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.http.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that drip, stall, reset or stay idle: each costs a bounded amount of time and memory. */
@Timeout(300)
final class HostileClientsTest {
  private static final byte[] NOTHING =
      ServerUnderTest.frames("1 1 stream-begin command-request new cbor:{b'name': b'nothing'}");
  private static final byte[] ENDLESS =
      ServerUnderTest.frames("1 1 stream-begin command-request new cbor:{b'name': b'endless'}");
  private static final Timeouts SHORT =
      Timeouts.defaults()
          .withFirstFrame(Duration.ofMillis(400))
          .withIdle(Duration.ofMillis(400))
          .withWriteStall(Duration.ofMillis(400));

  @Test
  void silentConnectionIsClosed() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(SHORT);
        RawConnection silent = new RawConnection(server.port());
        RawConnection half = new RawConnection(server.port())) {
      half.send(
          "POST /api/exp-http-v2-0003/ro/heads HTTP/1.1\r\nHost:"
              .getBytes(StandardCharsets.US_ASCII));

      assertThat(silent.readToEnd()).isEmpty();
      assertThat(half.readToEnd()).isEmpty();
    }
  }

  @Test
  void stalledBodyIsRefused() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(SHORT);
        RawConnection never = new RawConnection(server.port());
        RawConnection part = new RawConnection(server.port())) {
      never.head("multirequest", 100);
      part.head("multirequest", NOTHING.length).send(new byte[] {NOTHING[0]});

      assertThat(never.response().status()).isEqualTo(408);
      assertThat(part.response().status()).isEqualTo(408);
    }
  }

  @Test
  void drippingBodyIsRefused() throws Exception {
    Timeouts timeouts =
        Timeouts.defaults()
            .withIdle(Duration.ofSeconds(30))
            .withMinRate(1000, Duration.ofMillis(500));
    try (ServerUnderTest server = ServerUnderTest.start(timeouts);
        RawConnection drip = new RawConnection(server.port())) {
      byte[] body;
      try (Conversation conversation = new Conversation("identity", "identity")) {
        conversation.call(Conversation.echo("drip ".repeat(4_000)));
        body = conversation.output();
      }
      drip.head("multirequest", body.length);
      // Far less than the whole body, however slow this machine is.
      int max = body.length / 2;
      int sent = 0;
      try {
        for (; sent < max && drip.in.available() == 0; sent++) {
          drip.send(new byte[] {body[sent]});
          Thread.sleep(20);
        }
      } catch (SocketException closed) {
        // the server closed the connection
      }

      assertThat(sent).isLessThan(max);
      assertThat(drip.response().status()).isEqualTo(408);
    }
  }

  @Test
  void clientThatNeverReadsIsDisconnected() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(SHORT);
        RawConnection deaf = new RawConnection(server.port())) {
      deaf.head("endless", ENDLESS.length).send(ENDLESS);
      eventually(() -> server.commands.piecesMade.get() > 0);

      eventually(() -> server.commands.endlessOpen.get() == 0);

      // socket buffers and one buffer of the server, not an endless response
      assertThat(server.commands.piecesMade.get() * 16).isLessThan(32 * 1024);
    }
  }

  @Test
  void connectionResetsStopTheirWork() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      for (int i = 0; i < 300; i++) {
        try (RawConnection connection = new RawConnection(server.port())) {
          connection.head("endless", ENDLESS.length).send(ENDLESS);
          if (i % 3 == 0) {
            assertThat(connection.in.read()).isEqualTo('H');
          }
          connection.socket.setSoLinger(true, 0);
        }
      }
      assertThat(server.commands.piecesMade.get()).isPositive();
      awaitPausedWork(server);

      assertThat(server.send(NOTHING).status()).isEqualTo(200);
    }
  }

  @Test
  void streamResetsStopTheirWork() throws Exception {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .retryOnConnectionFailure(false)
            .build();
    try (ServerUnderTest server = ServerUnderTest.start()) {
      for (int i = 0; i < 150; i++) {
        Call call = client.newCall(endless(server));
        try (Response response = call.execute()) {
          assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
        } catch (IOException refused) {
          // a server may close a connection whose streams are reset repeatedly
        }
        call.cancel();
        Call unread = client.newCall(endless(server));
        unread.enqueue(new Ignored());
        unread.cancel();
      }
      assertThat(server.commands.piecesMade.get()).isPositive();
      awaitPausedWork(server);

      assertThat(server.send(NOTHING).status()).isEqualTo(200);
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  private static Request endless(ServerUnderTest server) {
    return new Request.Builder()
        .url(server.url() + "api/exp-http-v2-0003/ro/endless")
        .header("Accept", HttpV2Api.FRAMING_MEDIA_TYPE)
        .post(RequestBody.create(ENDLESS, MediaType.get(HttpV2Api.FRAMING_MEDIA_TYPE)))
        .build();
  }

  private static final class Ignored implements Callback {
    @Override
    public void onFailure(Call call, IOException failure) {}

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
    }
  }

  @Test
  void idleConnectionHoldsLessThan64KiB() throws Exception {
    int count = 2_000;
    List<RawConnection> connections = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.start()) {
      assertThat(server.send(NOTHING).status()).isEqualTo(200);
      long before = used();
      try {
        for (int i = 0; i < count; i++) {
          RawConnection connection = new RawConnection(server.port());
          connections.add(connection);
          // Half of them keep the connection after a response, half never send a request.
          if (i % 2 == 0) {
            connection.send(
                "GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(connection.in.read()).isEqualTo('H');
          }
        }
        long each = (used() - before) / count;

        System.out.printf("an idle connection: %d bytes, both ends together%n", each);
        assertThat(each).isLessThan(64 << 10);
        assertThat(server.send(NOTHING).status()).isEqualTo(200);
      } finally {
        for (RawConnection connection : connections) {
          connection.close();
        }
      }
    }
  }

  /** Returns the bytes of heap and direct memory in use. */
  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + io.netty.util.internal.PlatformDependent.usedDirectMemory();
  }

  /** Waits until no endless response is open and none has advanced for half a second. */
  private static void awaitPausedWork(ServerUnderTest server) throws InterruptedException {
    long made = -1;
    for (int i = 0; i < 60; i++) {
      long now = server.commands.piecesMade.get();
      if (now == made && server.commands.endlessOpen.get() == 0) {
        return;
      }
      made = now;
      Thread.sleep(500);
    }
    throw new AssertionError(server.commands.endlessOpen.get() + " responses still run");
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 90 s").isLessThan(until);
      Thread.sleep(10);
    }
  }

  @Test
  void completeRequestSucceedsWithShortTimeouts() throws Exception {
    Timeouts timeouts = SHORT.withFirstFrame(Duration.ofSeconds(5)).withIdle(Duration.ofSeconds(5));
    try (ServerUnderTest server = ServerUnderTest.start(timeouts)) {
      ServerResponse response = server.send(NOTHING);

      assertThat(response.responseTo(1)).containsExactly(ServerResponse.OK);
    }
  }
}
