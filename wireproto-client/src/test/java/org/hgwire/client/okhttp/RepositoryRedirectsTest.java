// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hgwire.client.okhttp.MercurialResponses.handshake;
import static org.hgwire.client.okhttp.MercurialResponses.heads;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.hgwire.client.AuthenticationRequiredException;
import org.hgwire.client.Credentials;
import org.hgwire.client.HttpRedirects;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.RedirectNotFollowedException;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TlsOptions;
import org.hgwire.client.TransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP redirects of the repository's own address, on real sockets. */
@Timeout(60)
class RepositoryRedirectsTest {
  private final MockWebServer server = new MockWebServer();
  private final MockWebServer other = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
    other.start();
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  private static PeerOptionsBuilder options() {
    return PeerOptions.builder()
        .retries(RetryPolicy.never())
        .transport(LocalNames.transport())
        .httpRedirects(HttpRedirects.SAME_HOST);
  }

  private static URI url(MockWebServer server, String host, String path) {
    return server.url(path).newBuilder().host(host).build().uri();
  }

  private Peer connect(String path, PeerOptionsBuilder options) throws IOException {
    return Peer.connect(url(server, "hg.test", path), options.build());
  }

  private static MockResponse redirect(int code, String location) {
    return new MockResponse.Builder().code(code).addHeader("Location", location).build();
  }

  private RedirectNotFollowedException refused(PeerOptionsBuilder options) {
    return catchThrowableOfType(
        RedirectNotFollowedException.class, () -> connect("/repo", options).close());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void handshakeIsRedirectedAndItsAddressUsedForCommands(int status) throws Exception {
    server.enqueue(redirect(status, "/moved?cmd=capabilities"));
    server.enqueue(handshake());
    server.enqueue(heads().build());
    PeerOptionsBuilder defaults =
        PeerOptions.builder().retries(RetryPolicy.never()).transport(LocalNames.transport());
    try (Peer peer = connect("/repo", defaults)) {
      assertThat(peer.heads()).isEmpty();
      assertThat(peer.url()).hasPath("/moved");
    }
    server.takeRequest();
    RecordedRequest again = server.takeRequest();
    assertThat(again.getTarget()).isEqualTo("/moved?cmd=capabilities");
    assertThat(again.getHeaders().get("X-HgUpgrade-1")).isNotNull();
    RecordedRequest command = server.takeRequest();
    assertThat(command.getMethod()).isEqualTo("POST");
    assertThat(command.getTarget()).isEqualTo("/moved/api/exp-http-v2-0003/ro/heads");
  }

  /** nginx adds the slash, other servers remove it; some drop the query. */
  @ParameterizedTest
  @CsvSource({
    "/repo, /repo/?cmd=capabilities",
    "/repo/, /repo?cmd=capabilities",
    "/repo, /repo/",
    "/repo, ?cmd=capabilities&again=1"
  })
  void slashAtTheEndWorksBothWays(String given, String location) throws Exception {
    server.enqueue(redirect(301, location));
    server.enqueue(handshake());
    server.enqueue(heads().build());
    try (Peer peer = connect(given, options())) {
      assertThat(peer.heads()).isEmpty();
      assertThat(peer.url()).hasPath("/repo");
    }
    assertThat(server.takeRequest().getTarget()).isEqualTo(given + "?cmd=capabilities");
    assertThat(server.takeRequest().getTarget()).contains("cmd=capabilities");
    assertThat(server.takeRequest().getTarget()).isEqualTo("/repo/api/exp-http-v2-0003/ro/heads");
  }

  @Test
  void anotherPortOfTheHostIsFollowedWithoutCredentials() throws Exception {
    server.enqueue(redirect(302, url(other, "HG.test", "/x?cmd=capabilities").toString()));
    other.enqueue(handshake());
    other.enqueue(heads().build());
    try (Peer peer =
        connect("/repo", options().header("X-Token", "t").credentials(new Credentials("u", "p")))) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isNotNull();
    for (int i = 0; i < 2; i++) {
      RecordedRequest crossed = other.takeRequest();
      assertThat(crossed.getHeaders().get("Authorization")).isNull();
      assertThat(crossed.getHeaders().get("X-Token")).isNull();
    }
  }

  @Test
  void credentialsThatStayedBehindAreNamed() {
    server.enqueue(redirect(302, url(other, "hg.test", "/x/?cmd=capabilities").toString()));
    other.enqueue(new MockResponse.Builder().code(401).build());
    AuthenticationRequiredException e =
        catchThrowableOfType(
            AuthenticationRequiredException.class,
            () -> connect("/repo", options().credentials(new Credentials("u", "p"))));
    assertThat(e)
        .hasMessageContaining("give http://hg.test:" + other.getPort() + "/x as the address");
  }

  @Test
  void anotherHostIsFollowedOnlyIfNamed() throws Exception {
    String location = url(other, "mirror.test", "/x?cmd=capabilities").toString();
    server.enqueue(redirect(301, location));
    RedirectNotFollowedException e = refused(options());
    String address = "http://mirror.test:" + other.getPort() + "/x";
    assertThat(e.location()).isEqualTo(address);
    assertThat(e)
        .hasMessageContaining("give " + address + " as the address")
        .hasMessageContaining("allow HTTP redirects to mirror.test");
    assertThat(other.getRequestCount()).isZero();

    server.enqueue(redirect(301, location));
    other.enqueue(handshake());
    other.enqueue(heads().build());
    HttpRedirects named = HttpRedirects.SAME_HOST.to("elsewhere.test").to("Mirror.TEST");
    try (Peer peer =
        connect("/repo", options().httpRedirects(named).credentials(new Credentials("u", "p")))) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @Test
  void switchedOffTheMessageNamesTheAddressToGive() {
    server.enqueue(redirect(301, "/repo/?cmd=capabilities"));
    assertThat(refused(options().httpRedirects(HttpRedirects.OFF)))
        .hasMessageContaining("give http://hg.test:" + server.getPort() + "/repo/ as the address");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aRingOfRedirectsEnds() {
    for (int i = 0; i < 10; i++) {
      server.enqueue(redirect(307, "/repo?cmd=capabilities"));
    }
    assertThat(refused(options())).hasMessageContaining("not more than 5 redirects in a row");
    assertThat(server.getRequestCount()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://x.test/",
        "file:///etc/passwd",
        "http://u:secret@hg.test/",
        "http:///",
        "http://a b/",
        "http://hg.test:99999/",
        "/login?next=/repo"
      })
  void redirectsToOddAddressesAreRefused(String location) {
    server.enqueue(redirect(302, location));
    assertThat(refused(options())).isNotNull().message().doesNotContain("secret");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void redirectedCommandStaysAPost(int status) throws Exception {
    server.enqueue(handshake());
    server.enqueue(redirect(status, "/moved/api/exp-http-v2-0003/ro/heads"));
    server.enqueue(heads().build());
    try (Peer peer = connect("/repo", options())) {
      assertThat(peer.heads()).isEmpty();
    }
    server.takeRequest();
    RecordedRequest first = server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertThat(second.getMethod()).isEqualTo("POST");
    assertThat(second.getTarget()).isEqualTo("/moved/api/exp-http-v2-0003/ro/heads");
    assertThat(second.getBody()).isEqualTo(first.getBody());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303})
  void commandThatWouldBecomeAGetIsRefused(int status) throws Exception {
    server.enqueue(handshake());
    server.enqueue(redirect(status, "/moved/api/exp-http-v2-0003/ro/heads"));
    try (Peer peer = connect("/repo", options())) {
      assertThatThrownBy(peer::heads)
          .isInstanceOf(RedirectNotFollowedException.class)
          .hasMessageContaining(
              "give http://hg.test:" + server.getPort() + "/moved as the address");
    }
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void httpsNeverLeadsToHttpAndTheHttpsAddressIsNamed() {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(authority).build().sslSocketFactory());
    // What a web server says that does not know of the TLS before it.
    server.enqueue(redirect(301, "http://localhost/repo/?cmd=capabilities"));
    RedirectNotFollowedException e =
        catchThrowableOfType(
            RedirectNotFollowedException.class,
            () ->
                Peer.connect(
                    url(server, "localhost", "/repo"),
                    PeerOptions.builder().tls(TlsOptions.acceptAnything()).build()));
    assertThat(e)
        .hasMessageContaining("https must not lead to http")
        .hasMessageContaining(
            "give https://localhost:" + server.getPort() + "/repo/ as the address");
  }

  @Test
  void portWhereNobodyListensNamesTheRedirect() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    server.enqueue(redirect(301, "http://hg.test:" + free + "/repo/?cmd=capabilities"));
    assertThatThrownBy(() -> connect("/repo", options()))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("hg.test:" + free)
        .hasMessageContaining(
            "http://hg.test:" + server.getPort() + "/repo/ may be the address to give");
  }
}
