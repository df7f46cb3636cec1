// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.EncoderPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the requests of an exchange hold, and that they hold it no longer than they are active. */
final class HeldRequestsTest {
  private static final String LONG = "x".repeat(20_000);

  private final ByteBudget budget = new ByteBudget(1 << 20);

  private ServerReactor server(WireLimits limits) {
    return new ServerReactor(
        limits,
        ContentEncodings.standard(),
        new ServerMemory(budget, EncoderPool.unlimited(), new ByteBudget(1 << 20)));
  }

  private static List<ServerEvent> receive(ServerReactor server, String... lines) {
    server.receive(Events.bytes(lines));
    return Events.all(server);
  }

  /** Well formed, with an argument that is refused, and not CBOR at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {"cbor:{b'name': b'heads', b'args': {b'x': b'%s'}}", "cbor:{b'args': b'%s'}", "%s"})
  void finishedRequestsHoldNothing(String payload) {
    String text = payload.replace("%s", LONG);
    try (ServerReactor server = server(WireLimits.defaults())) {
      String stream = "stream-begin";
      for (int i = 0; i < 200; i++) {
        List<ServerEvent> events =
            receive(server, "1 1 " + stream + " command-request new " + text);
        assertThat(events).hasSize(1);
        assertThat(server.activeRequests()).isEqualTo(1);
        server.endResponse(1);
        assertThat(budget.taken()).as("after %d", i).isZero();
        stream = "0";
      }
    }
  }

  @Test
  void activeRequestHoldsAtLeastItsSize() {
    try (ServerReactor server = server(WireLimits.defaults())) {
      receive(
          server,
          "1 1 stream-begin command-request new cbor:{b'name': b'heads', b'args': {b'x': b'"
              + LONG.repeat(3)
              + "'}}");
      assertThat(budget.taken()).isBetween(50_000L, 300_000L);
      server.endResponse(1);
      assertThat(budget.taken()).isZero();
    }
  }

  /** The place of a request is free when both its response and its data have ended. */
  @Test
  void responseBeforeTheEndOfTheDataFreesItsPlace() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_ACTIVE_REQUESTS, 1);
    try (ServerReactor server = server(limits)) {
      receive(server, "1 1 stream-begin command-request new|have-data cbor:{b'name': b'unbundle'}");
      server.endResponse(1);
      receive(server, "1 1 0 command-data eos x");
      assertThat(server.wantsInput()).isTrue();
      receive(server, "1 1 0 command-request new cbor:{b'name': b'heads'}");
      assertThat(server.wantsInput()).isFalse();
      server.endResponse(1);
      assertThat(server.wantsInput()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "new, new, complete and active",
    "new|more, new, being received",
    "new|have-data, new|have-data, receiving its data"
  })
  void repeatedRequestSaysWhatTheFirstWas(String first, String second, String state) {
    try (ServerReactor server = server(WireLimits.defaults())) {
      receive(server, "1 1 stream-begin command-request " + first + " cbor:{b'name': b'heads'}");
      List<ServerEvent> events =
          receive(server, "1 1 0 command-request " + second + " cbor:{b'name': b'heads'}");
      assertThat(Events.failure(events)).isEqualTo(WireErrorCode.REQUEST_ACTIVE);
      assertThat(events).last().asString().contains("came while that request was " + state);
    }
  }
}
