// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import okhttp3.Protocol;
import org.hgwire.client.ContentHosts;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.testing.TrustCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of trust over real connections: new, resumed, pooled, and where one could be shared.
 */
@Timeout(60)
class TrustMatrixTest {
  /** All but those of an IPv6 address, which not every machine has. */
  static List<TrustCase> cases() {
    return TrustCase.all().stream().filter(trustCase -> trustCase.host().indexOf(':') < 0).toList();
  }

  private static ContentServer server(TrustCase trustCase, Protocol... protocols)
      throws IOException {
    return new ContentServer(new byte[10], trustCase.serverContext(), protocols);
  }

  private static OkHttpContentFetcher fetcher(TrustCase trustCase) {
    return ContentFetches.fetcher(
        trustCase.originAuthorities(), trustCase.policy(), ContentHosts.NONE);
  }

  /** Whom almost any server is trusted as that shows this very certificate. */
  private static PinSet itself(TrustCase trustCase) throws Exception {
    return new PinSet(
        List.of(
            ByteString.copyOf(trustCase.chain().get(0).getEncoded()),
            ByteString.copyOf(new byte[1])),
        List.of());
  }

  @Test
  void thereAreSixtyChains() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void fresh(TrustCase trustCase) throws Exception {
    try (ContentServer server = server(trustCase, Protocol.HTTP_1_1);
        OkHttpContentFetcher fetcher = fetcher(trustCase)) {
      assertThat(ContentFetches.fault(fetcher, server, trustCase.host(), trustCase.pins()))
          .isEqualTo(trustCase.fault());
      assertThat(server.requests).hasSize(trustCase.fault() == null ? 1 : 0);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void resumed(TrustCase trustCase) throws Exception {
    try (ContentServer server = server(trustCase, Protocol.HTTP_1_1);
        OkHttpContentFetcher fetcher = fetcher(trustCase)) {
      server.closing = true;
      // A session under other pins first, which is not to be resumed under these.
      boolean primed =
          ContentFetches.fault(fetcher, server, trustCase.host(), itself(trustCase)) == null;
      for (int i = 0; i < 2; i++) {
        assertThat(ContentFetches.fault(fetcher, server, trustCase.host(), trustCase.pins()))
            .isEqualTo(trustCase.fault());
      }
      int before = primed ? 1 : 0;
      assertThat(server.requests).hasSize(before + (trustCase.fault() == null ? 2 : 0));
      if (trustCase.fault() == null) {
        List<Long> created =
            server.sockets.stream()
                .skip(server.sockets.size() - 2L)
                .map(socket -> socket.getSession().getCreationTime())
                .toList();
        assertThat(created.get(1)).as("the session was resumed").isEqualTo(created.get(0));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void pooled(TrustCase trustCase) throws Exception {
    try (ContentServer server = server(trustCase, Protocol.HTTP_1_1);
        OkHttpContentFetcher fetcher = fetcher(trustCase)) {
      // A connection under other pins first, which is not to be used under these.
      boolean primed =
          ContentFetches.fault(fetcher, server, trustCase.host(), itself(trustCase)) == null;
      for (int i = 0; i < 2; i++) {
        assertThat(ContentFetches.fault(fetcher, server, trustCase.host(), trustCase.pins()))
            .isEqualTo(trustCase.fault());
      }
      int before = primed ? 1 : 0;
      assertThat(server.requests).hasSize(before + (trustCase.fault() == null ? 2 : 0));
      if (trustCase.fault() == null) {
        assertThat(server.requests.get(before + 1).getConnectionIndex())
            .as("the connection was used again")
            .isEqualTo(server.requests.get(before).getConnectionIndex());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void coalesced(TrustCase trustCase) throws Exception {
    try (ContentServer server = server(trustCase, Protocol.HTTP_2, Protocol.HTTP_1_1);
        OkHttpContentFetcher fetcher = fetcher(trustCase)) {
      // A connection to the same address for another host first, under these pins and others.
      int before = 0;
      for (PinSet pins : List.of(itself(trustCase), trustCase.pins())) {
        if (ContentFetches.fault(fetcher, server, "another.test", pins) == null) {
          before++;
        }
      }
      assertThat(ContentFetches.fault(fetcher, server, trustCase.host(), trustCase.pins()))
          .isEqualTo(trustCase.fault());
      assertThat(server.requests).hasSize(before + (trustCase.fault() == null ? 1 : 0));
      if (before > 0 && trustCase.fault() == null) {
        assertThat(server.requests.get(before).getConnectionIndex())
            .as("a connection of its own")
            .isNotEqualTo(server.requests.get(before - 1).getConnectionIndex());
      }
    }
  }
}
