// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hgwire.client.okhttp.MercurialResponses.handshake;
import static org.hgwire.client.okhttp.MercurialResponses.heads;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.hgwire.client.AuthenticationRequiredException;
import org.hgwire.client.HandshakeException;
import org.hgwire.client.HttpStatusException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RetryPolicy;
import org.hgwire.core.WireErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies, caches and busy servers between a peer and a repository do, and what is said. */
@Timeout(60)
class IntermediariesTest {
  private final MockWebServer server = new MockWebServer();
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Peer connect(int attempts) throws IOException {
    RetryPolicy retries =
        new RetryPolicy(
            attempts, Duration.ofMillis(100), Duration.ofMillis(100), () -> 0, pauses::add);
    return Peer.connect(server.url("/repo").uri(), PeerOptions.builder().retries(retries).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 502, 503, 504})
  void passingStatusIsRetried(int status) throws Exception {
    server.enqueue(new MockResponse.Builder().code(status).build());
    server.enqueue(handshake());
    server.enqueue(new MockResponse.Builder().code(status).build());
    server.enqueue(heads().build());
    try (Peer peer = connect(2)) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(server.getRequestCount()).isEqualTo(4);
    // OkHttp itself repeats a GET after 408.
    assertThat(pauses).hasSize(status == 408 ? 1 : 2).containsOnly(Duration.ofMillis(50));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 405, 410, 500, 501, 505})
  void otherStatusIsNotRetried(int status) throws Exception {
    server.enqueue(new MockResponse.Builder().code(status).build());
    assertThatThrownBy(() -> connect(5)).isInstanceOf(HttpStatusException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "7, , 7",
    "'Thu, 26 Nov 2026 10:00:09 GMT', 'Thu, 26 Nov 2026 10:00:00 GMT', 9",
    "'Thursday, 26-Nov-26 10:00:09 GMT', 'Thu Nov 26 10:00:00 2026', 9"
  })
  void retryAfterIsHonoured(
      String wait, @org.jspecify.annotations.Nullable String date, long seconds) throws Exception {
    server.enqueue(handshake());
    MockResponse.Builder busy = new MockResponse.Builder().code(429).addHeader("Retry-After", wait);
    server.enqueue(date == null ? busy.build() : busy.addHeader("Date", date).build());
    server.enqueue(heads().build());
    try (Peer peer = connect(2)) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(seconds));
  }

  @Test
  void retryAfterThatIsTooLongEndsTheCallAndIsNamed() throws Exception {
    server.enqueue(handshake());
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "3600").build());
    try (Peer peer = connect(5)) {
      HttpStatusException e = catchThrowableOfType(HttpStatusException.class, peer::heads);
      assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(1));
      assertThat(e).hasMessageContaining("try again in 3600 s");
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void busyServerIsAskedABoundedNumberOfTimes() throws Exception {
    for (int i = 0; i < 10; i++) {
      server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "1").build());
    }
    assertThatThrownBy(() -> connect(3)).isInstanceOf(HttpStatusException.class);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "br", "'identity, gzip'"})
  void compressedHandshakeAndResponseAreNamed(String coding) throws Exception {
    MockResponse compressed =
        handshake().newBuilder().addHeader("Content-Encoding", coding).build();
    server.enqueue(compressed.newBuilder().addHeader("Via", "1.1 squid.corp").build());
    assertThatThrownBy(() -> connect(1))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("compressed (" + coding + ")")
        .hasMessageContaining("1.1 squid.corp");
    server.enqueue(handshake());
    server.enqueue(heads().addHeader("Content-Encoding", coding).build());
    try (Peer peer = connect(1)) {
      PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, peer::heads);
      assertThat(e.fault().code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
      assertThat(e).hasMessageContaining("compressed (" + coding + ")");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "Identity", "aws-chunked", "AWS-Chunked,", "identity,"})
  void codingThatIsNoneIsTaken(String coding) throws Exception {
    server.enqueue(handshake().newBuilder().addHeader("Content-Encoding", coding).build());
    server.enqueue(heads().addHeader("Content-Encoding", coding).build());
    try (Peer peer = connect(1)) {
      assertThat(peer.heads()).isEmpty();
    }
  }

  @Test
  void proxyThatStripsHeadersOfMercurialIsNamed() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/mercurial-0.1")
            .addHeader("Age", "12")
            .body("batch")
            .build());
    PeerOptions version2 = PeerOptions.builder().protocol(ProtocolVersion.VERSION_2).build();
    assertThatThrownBy(() -> Peer.connect(server.url("/").uri(), version2))
        .isInstanceOf(HandshakeException.class)
        .hasMessageContaining("X-HgUpgrade-1")
        .hasMessageContaining("a cache has had it for 12 s");
  }

  @ParameterizedTest
  @CsvSource({
    "Negotiate, , Negotiate",
    "NTLM, Negotiate, NTLM or Negotiate",
    "'Digest realm=\"a, Basic b\", nonce=\"x\", qop=\"auth,auth-int\"', , Digest",
    "'Negotiate, NTLM', , Negotiate or NTLM",
    "'Bearer realm=\"x\", error=\"invalid_token\"', , Bearer"
  })
  void schemeThatTheServerWantsIsNamed(
      String first, @org.jspecify.annotations.Nullable String second, String named) {
    MockResponse.Builder denied =
        new MockResponse.Builder().code(401).addHeader("WWW-Authenticate", first);
    if (second != null) {
      denied.addHeader("WWW-Authenticate", second);
    }
    server.enqueue(denied.build());
    assertThatThrownBy(() -> connect(1))
        .isInstanceOf(AuthenticationRequiredException.class)
        .hasMessageContaining("requires authentication with " + named + ", which");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic realm=x", "basic", "Negotiate, Basic realm=\"x\""})
  void basicAuthenticationIsAskedForAsBefore(String challenge) {
    server.enqueue(
        new MockResponse.Builder().code(401).addHeader("WWW-Authenticate", challenge).build());
    assertThatThrownBy(() -> connect(1))
        .isInstanceOf(AuthenticationRequiredException.class)
        .hasMessageContaining("requires a valid user and password");
  }
}
