// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hgwire.client.okhttp.MercurialResponses.handshake;
import static org.hgwire.client.okhttp.MercurialResponses.heads;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import org.hgwire.client.AuthenticationRequiredException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.Proxies;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TlsOptions;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.testing.TestCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through a real proxy: who gets which credentials, and that pins hold. */
@Timeout(60)
class ProxyTest {
  private static final String LOGIN = okhttp3.Credentials.basic("al", "p@ss");
  private static final TestCertificate ROOT = TestCertificate.authority("Root").selfSigned();
  private static final TestCertificate OTHER_ROOT = TestCertificate.authority("Other").selfSigned();
  private static final TestCertificate HOST =
      TestCertificate.server("hg.test", "my_host.test", "content.test").issuedBy(ROOT);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private ForwardProxy proxy(@Nullable String login, String challenge) throws IOException {
    ForwardProxy proxy = new ForwardProxy(login, challenge);
    opened.add(proxy);
    return proxy;
  }

  private MockWebServer server(boolean tls) throws IOException {
    MockWebServer server = new MockWebServer();
    opened.add(server);
    if (tls) {
      server.useHttps(HOST.serverContext().getSocketFactory());
    }
    server.start();
    server.enqueue(handshake());
    server.enqueue(heads().build());
    return server;
  }

  private static PeerOptionsBuilder options(ForwardProxy proxy, String userInfo) {
    return PeerOptions.builder()
        .retries(RetryPolicy.never())
        .tls(TlsOptions.trusting(ROOT.certificate()))
        .proxies(Proxies.parse("http://" + userInfo + "127.0.0.1:" + proxy.port()));
  }

  private static URI url(MockWebServer server, String host) {
    return server.url("/repo").newBuilder().host(host).build().uri();
  }

  /** The proxy alone knows the names. OkHttp repeats no POST after 407. */
  @ParameterizedTest
  @CsvSource({"false, hg.test", "true, hg.test", "false, my_host.test", "true, my_host.test"})
  void handshakeAndCommandsGoThroughWithCredentials(boolean tls, String host) throws Exception {
    ForwardProxy proxy = proxy(LOGIN, "Basic realm=x");
    MockWebServer server = server(tls);
    try (Peer peer = Peer.connect(url(server, host), options(proxy, "al:p@ss@").build())) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(proxy.heads).hasSize(tls ? 1 : 2);
    assertThat(proxy.heads.get(0))
        .startsWith(tls ? "CONNECT " + host + ":" : "GET http://" + host + ":");
    if (tls) {
      // What the proxy gets does not go through the tunnel.
      assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
      assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', Basic realm=x, requires a user and a password",
    "al:wrong@, Basic realm=x, does not accept the user and the password",
    "'', Negotiate, requires authentication with Negotiate",
    "al:p@ss@, NTLM, requires authentication with NTLM",
    "al:p@ss@, 'Digest realm=x, nonce=y', requires authentication with Digest"
  })
  void whatTheProxyWantsIsNamed(String userInfo, String challenge, String message)
      throws Exception {
    for (boolean tls : new boolean[] {false, true}) {
      ForwardProxy proxy = proxy("never", challenge);
      MockWebServer server = server(tls);
      assertThatThrownBy(
              () -> Peer.connect(url(server, "hg.test"), options(proxy, userInfo).build()))
          .isInstanceOf(AuthenticationRequiredException.class)
          .hasMessageContaining("127.0.0.1:" + proxy.port())
          .hasMessageContaining(message);
    }
  }

  @Test
  void environmentIsReadOnlyIfAskedFor() throws Exception {
    ForwardProxy proxy = proxy(LOGIN, "Basic");
    MockWebServer server = server(false);
    Map<String, String> environment =
        Map.of("http_proxy", "al:p@ss@127.0.0.1:" + proxy.port(), "no_proxy", "direct.test");
    try (Peer peer =
        Peer.connect(
            url(server, "hg.test"),
            PeerOptions.builder().proxies(Proxies.ofEnvironment(environment)).build())) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(proxy.heads).hasSize(2);
    MockWebServer direct = server(false);
    try (Peer peer =
        Peer.connect(
            url(direct, "localhost"),
            PeerOptions.builder().proxies(Proxies.ofEnvironment(environment)).build())) {
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(proxy.heads).hasSize(2);
  }

  private OkHttpContentFetcher fetcher(ForwardProxy proxy, AddressPolicy addresses) {
    OkHttpContentFetcher fetcher =
        new OkHttpContentFetcher(
            options(proxy, "al:p@ss@")
                .redirects(RedirectPolicy.builder().addresses(addresses).build())
                .build(),
            new LocalNames(),
            ProxyChoice.of(Proxies.parse("http://al:p@ss@127.0.0.1:" + proxy.port())));
    opened.add(fetcher);
    return fetcher;
  }

  private static @Nullable RedirectFault fault(
      OkHttpContentFetcher fetcher, ContentServer content, String host, PinSet pins) {
    return ContentFetches.fault(fetcher, content, host, pins);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void pinsHoldThroughATunnel(Protocol protocol) throws Exception {
    ForwardProxy proxy = proxy(LOGIN, "Basic");
    ContentServer content =
        new ContentServer(new byte[100], HOST.serverContext(), protocol, Protocol.HTTP_1_1);
    opened.add(content);
    OkHttpContentFetcher fetcher = fetcher(proxy, LocalNames.LOOPBACK);
    PinSet right = new PinSet(List.of(der(HOST)), List.of());
    PinSet wrong = new PinSet(List.of(der(OTHER_ROOT)), List.of());
    PinSet authority = new PinSet(List.of(), List.of(der(OTHER_ROOT)));
    assertThat(fault(fetcher, content, "content.test", PinSet.NONE)).isNull();
    assertThat(fault(fetcher, content, "content.test", right)).isNull();
    assertThat(fault(fetcher, content, "content.test", wrong)).isEqualTo(RedirectFault.PIN);
    assertThat(fault(fetcher, content, "content.test", authority))
        .isEqualTo(RedirectFault.CERTIFICATE);
    assertThat(content.requests).hasSize(2);
    assertThat(proxy.heads).allMatch(head -> head.startsWith("CONNECT content.test:"));
  }

  private static ByteString der(TestCertificate certificate) throws Exception {
    return ByteString.copyOf(certificate.certificate().getEncoded());
  }

  @Test
  void addressesAreCheckedHereAlthoughTheProxyConnects() throws Exception {
    ForwardProxy proxy = proxy(LOGIN, "Basic");
    ContentServer content = new ContentServer(new byte[100], null, Protocol.HTTP_1_1);
    opened.add(content);
    OkHttpContentFetcher strict = fetcher(proxy, AddressPolicy.PUBLIC);
    assertThat(fault(strict, content, "content.test", PinSet.NONE))
        .isEqualTo(RedirectFault.ADDRESS);
    assertThat(fault(strict, content, "127.0.0.1", PinSet.NONE)).isEqualTo(RedirectFault.ADDRESS);
    URI unknown = URI.create(content.url("only.proxy"));
    assertThatThrownBy(() -> strict.fetch(new ContentRequest(unknown, PinSet.NONE, 0, null)))
        .isInstanceOf(RedirectException.class)
        .hasMessageContaining("only.proxy is only known to the proxy");
    assertThat(proxy.heads).isEmpty();
    // What the user names is the proxy's to resolve.
    OkHttpContentFetcher named = fetcher(proxy, AddressPolicy.PUBLIC.allowing("only.proxy"));
    assertThat(fault(named, content, "only.proxy", PinSet.NONE)).isNull();
    assertThat(fault(named, content, "content.test", PinSet.NONE)).isEqualTo(RedirectFault.ADDRESS);
  }
}
