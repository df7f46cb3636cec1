// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.hgwire.server.FakeCommands;
import org.hgwire.server.FrameClient;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {
  private static final String FRAMING = "application/mercurial-exp-framing-0006";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final HttpEndpoint endpoint =
      new HttpEndpoint(
          new FakeCommands()
              .addTo(
                  ServerOptions.builder(RepositoryResolver.atRoot(MemoryRepository.publishing())))
              .listener(new MicrometerListener(registry))
              .build());

  private HttpExchange open(String method, String target) {
    return endpoint.open(
        new RequestHead(
            method,
            target,
            HttpFields.of("Accept", FRAMING).with("Content-Type", FRAMING),
            ClientConnection.UNKNOWN));
  }

  private double active() {
    return registry.get("hgwire.server.requests.active").gauge().value();
  }

  private long commands(String command, String outcome) {
    return registry
        .get("hgwire.server.commands")
        .tag("command", command)
        .tag("outcome", outcome)
        .timer()
        .count();
  }

  private double counted(String name, String command) {
    return registry.get(name).tag("command", command).counter().count();
  }

  @Test
  void commandsAreTimedAndCounted() throws IOException {
    try (FrameClient client = new FrameClient();
        HttpExchange exchange = open("POST", "/api/exp-http-v2-0003/ro/multirequest")) {
      client.call("definite");
      client.call("nothing");
      client.call("nothing");
      client.call("refuses-first");
      client.call("breaks-first");
      client.call("no-such-command");
      client.call("another-that-is-not-there");
      byte[] body = client.bytes();
      assertThat(active()).isEqualTo(1);
      exchange.receive(ByteBuffer.wrap(body));
      exchange.endOfInput();
      long sent = 0;
      for (ByteBuffer next = exchange.nextOutput(); next != null; next = exchange.nextOutput()) {
        sent += next.remaining();
      }
      assertThat(registry.get("hgwire.server.bytes.received").counter().count())
          .isEqualTo(body.length);
      assertThat(registry.get("hgwire.server.bytes.sent").counter().count())
          .isEqualTo((double) sent);
    }
    assertThat(active()).isZero();
    assertThat(commands("definite", "completed")).isEqualTo(1);
    assertThat(commands("nothing", "completed")).isEqualTo(2);
    assertThat(commands("refuses-first", "refused")).isEqualTo(1);
    assertThat(commands("breaks-first", "failed")).isEqualTo(1);
    assertThat(commands("(unknown)", "refused")).isEqualTo(2);
    assertThat(counted("hgwire.server.command.objects", "definite")).isEqualTo(2);
    assertThat(counted("hgwire.server.command.bytes", "definite")).isGreaterThan(200_000);
    assertThat(
            registry
                .get("hgwire.server.requests")
                .tag("status", "200")
                .tag("outcome", "completed")
                .timer()
                .count())
        .isEqualTo(1);
  }

  @Test
  void namesAndPathsOfClientsAreNoTags() {
    for (int i = 0; i < 20; i++) {
      open("GET", "/nowhere" + i + "?cmd=heads").close();
      open("GET", "/?cmd=command" + i).close();
    }
    assertThat(
            registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.toString().contains("1")))
        .isEmpty();
    assertThat(commands("(unknown)", "refused")).isEqualTo(20);
    assertThat(
            Objects.requireNonNull(
                    registry.find("hgwire.server.requests").tag("status", "404").timer())
                .count())
        .isEqualTo(20);
  }
}
