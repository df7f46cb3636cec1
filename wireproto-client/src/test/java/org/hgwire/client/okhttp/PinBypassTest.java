// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.hgwire.client.ContentHosts;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.testing.TestCertificate;
import org.hgwire.redirects.trust.ContentTrust;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins are enforced on every connection: new, resumed, pooled, or made for another host. */
@Timeout(60)
class PinBypassTest {
  private static final TestCertificate ROOT = TestCertificate.authority("Root").selfSigned();
  private static final TestCertificate HOST =
      TestCertificate.server("content.test", "other.test").issuedBy(ROOT);
  private static final TestCertificate STRANGER =
      TestCertificate.server("content.test").issuedBy(ROOT);
  private static final PinSet OWN = servers(HOST);
  private static final PinSet FOREIGN = servers(STRANGER);

  private @Nullable ContentServer opened;

  private static PinSet servers(TestCertificate... certificates) {
    return new PinSet(
        java.util.Arrays.stream(certificates).map(TestCertificate::der).toList(), List.of());
  }

  private ContentServer server(Protocol... protocols) throws IOException {
    ContentServer server = new ContentServer(new byte[100], HOST.serverContext(), protocols);
    opened = server;
    return server;
  }

  @AfterEach
  void stop() {
    if (opened != null) {
      opened.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/1.1", "h2"})
  void pinsAreCheckedAlsoAfterAnUnpinnedFetch(String protocol) throws Exception {
    ContentServer server = server(Protocol.get(protocol), Protocol.HTTP_1_1);
    try (OkHttpContentFetcher fetcher = ContentFetches.fetcher(ROOT.certificate())) {
      assertThat(ContentFetches.fault(fetcher, server, "content.test", PinSet.NONE)).isNull();
      assertThat(ContentFetches.fault(fetcher, server, "content.test", FOREIGN))
          .isEqualTo(RedirectFault.PIN);
      assertThat(server.requests).hasSize(1);
      // And the other way round: a connection that was pinned serves nobody who pins nothing.
      assertThat(ContentFetches.fault(fetcher, server, "content.test", OWN)).isNull();
      assertThat(ContentFetches.fault(fetcher, server, "content.test", PinSet.NONE)).isNull();
    }
    assertThat(server.requests.get(1).getConnectionIndex())
        .isNotEqualTo(server.requests.get(0).getConnectionIndex());
    assertThat(server.requests.get(2).getConnectionIndex())
        .isEqualTo(server.requests.get(0).getConnectionIndex());
  }

  @Test
  void twoPinsOfOneHostShareNoConnectionAndNoSession() throws Exception {
    ContentServer server = server(Protocol.HTTP_1_1);
    PinSet both = servers(HOST, STRANGER);
    try (OkHttpContentFetcher fetcher = ContentFetches.fetcher(ROOT.certificate())) {
      for (int i = 0; i < 2; i++) {
        assertThat(ContentFetches.fault(fetcher, server, "content.test", OWN)).isNull();
        assertThat(ContentFetches.fault(fetcher, server, "content.test", both)).isNull();
        assertThat(ContentFetches.fault(fetcher, server, "content.test", FOREIGN))
            .isEqualTo(RedirectFault.PIN);
      }
    }
    assertThat(server.requests).hasSize(4);
    assertThat(server.requests.get(0).getConnectionIndex())
        .isEqualTo(server.requests.get(2).getConnectionIndex())
        .isNotEqualTo(server.requests.get(1).getConnectionIndex());
    long first = server.sockets.get(0).getSession().getCreationTime();
    assertThat(server.sockets.get(1).getSession().getCreationTime()).isGreaterThanOrEqualTo(first);
  }

  @Test
  void aResumedSessionIsUsedWithinOnePinSetAndNeverAcross() throws Exception {
    ContentServer server = server(Protocol.HTTP_1_1);
    server.closing = true;
    try (OkHttpContentFetcher fetcher = ContentFetches.fetcher(ROOT.certificate())) {
      assertThat(ContentFetches.fault(fetcher, server, "content.test", OWN)).isNull();
      assertThat(ContentFetches.fault(fetcher, server, "content.test", OWN)).isNull();
      long created = server.sockets.get(0).getSession().getCreationTime();
      assertThat(server.sockets.get(1).getSession().getCreationTime()).isEqualTo(created);
      Thread.sleep(5);
      assertThat(ContentFetches.fault(fetcher, server, "content.test", FOREIGN))
          .isEqualTo(RedirectFault.PIN);
      assertThat(ContentFetches.fault(fetcher, server, "content.test", PinSet.NONE)).isNull();
      assertThat(server.sockets.get(3).getSession().getCreationTime()).isGreaterThan(created);
    }
    assertThat(server.requests).hasSize(3);
  }

  @Test
  void http2ConnectionsAreNotSharedByHostsOfOneCertificate() throws Exception {
    ContentServer server = server(Protocol.HTTP_2, Protocol.HTTP_1_1);
    try (OkHttpContentFetcher fetcher = ContentFetches.fetcher(ROOT.certificate())) {
      assertThat(ContentFetches.fault(fetcher, server, "content.test", PinSet.NONE)).isNull();
      assertThat(ContentFetches.fault(fetcher, server, "other.test", PinSet.NONE)).isNull();
      assertThat(ContentFetches.fault(fetcher, server, "other.test", PinSet.NONE)).isNull();
    }
    assertThat(server.requests.get(1).getConnectionIndex())
        .isNotEqualTo(server.requests.get(0).getConnectionIndex());
    assertThat(server.requests.get(2).getConnectionIndex())
        .isEqualTo(server.requests.get(1).getConnectionIndex());
  }

  /** What the check does where OkHttp is left to share: it is there in case that changes. */
  @Test
  void aSharedConnectionIsRefusedBeforeTheRequestIsSent() throws Exception {
    ContentServer server = server(Protocol.HTTP_2, Protocol.HTTP_1_1);
    RedirectPolicy policy = RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).build();
    ContentTrust trust = ContentTrust.of(PinSet.NONE, List.of(ROOT.certificate()), policy);
    X509ExtendedTrustManager manager = trust.trustManager();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    OkHttpClient sharing =
        new OkHttpClient.Builder()
            .dns(new LocalNames())
            .sslSocketFactory(context.getSocketFactory(), manager)
            .build();
    OkHttpClient checked =
        sharing
            .newBuilder()
            .addNetworkInterceptor(new ExchangeCheck(trust, LocalNames.LOOPBACK))
            .build();
    get(sharing, server.url("content.test")).close();
    get(sharing, server.url("other.test")).close();
    assertThat(server.requests.get(1).getConnectionIndex())
        .as("OkHttp shares")
        .isEqualTo(server.requests.get(0).getConnectionIndex());
    assertThatThrownBy(() -> get(checked, server.url("other.test")))
        .isInstanceOfSatisfying(
            RedirectException.class, e -> assertThat(e.fault()).isEqualTo(RedirectFault.TLS));
    assertThat(server.requests).hasSize(2);
    sharing.connectionPool().evictAll();
  }

  /** The DER is compared on a pooled connection too, whichever request opened it. */
  @Test
  void thePeerIsComparedOnEveryExchangeBeforeTheRequestIsSent() throws Exception {
    ContentServer server = server(Protocol.HTTP_1_1);
    RedirectPolicy policy = RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).build();
    ContentTrust lax = ContentTrust.of(PinSet.NONE, List.of(ROOT.certificate()), policy);
    ContentTrust strict = ContentTrust.of(FOREIGN, List.of(ROOT.certificate()), policy);
    X509ExtendedTrustManager manager = lax.trustManager();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    OkHttpClient unpinned =
        new OkHttpClient.Builder()
            .dns(new LocalNames())
            .sslSocketFactory(context.getSocketFactory(), manager)
            .build();
    OkHttpClient pinned =
        unpinned
            .newBuilder()
            .addNetworkInterceptor(new ExchangeCheck(strict, LocalNames.LOOPBACK))
            .build();
    get(unpinned, server.url("content.test")).close();
    assertThat(unpinned.connectionPool().idleConnectionCount()).isEqualTo(1);
    assertThatThrownBy(() -> get(pinned, server.url("content.test")))
        .isInstanceOfSatisfying(
            RedirectException.class, e -> assertThat(e.fault()).isEqualTo(RedirectFault.PIN));
    assertThat(server.requests).hasSize(1);
    unpinned.connectionPool().evictAll();
  }

  private static Response get(OkHttpClient client, String url) throws IOException {
    Response response = client.newCall(new Request.Builder().url(url).build()).execute();
    response.body().bytes();
    return response;
  }

  @Test
  void clientsOfPinSetsThatAreNotUsedAreClosed() throws Exception {
    ContentServer server = server(Protocol.HTTP_1_1);
    try (OkHttpContentFetcher fetcher = ContentFetches.fetcher(ROOT.certificate())) {
      for (int i = 0; i <= ContentClients.MAX_CLIENTS; i++) {
        PinSet pins =
            new PinSet(List.of(HOST.der(), ByteString.copyOf(new byte[] {(byte) i})), List.of());
        assertThat(ContentFetches.fault(fetcher, server, "content.test", pins)).isNull();
      }
      int before = server.sockets.size();
      PinSet first = new PinSet(List.of(HOST.der(), ByteString.copyOf(new byte[] {0})), List.of());
      assertThat(ContentFetches.fault(fetcher, server, "content.test", first)).isNull();
      assertThat(server.sockets).hasSize(before + 1);
    }
  }

  @Test
  void aClientCertificateIsShownToItsHostAlone() throws Exception {
    TestCertificate client = TestCertificate.server("client.test").selfSigned();
    HandshakeCertificates tls =
        new HandshakeCertificates.Builder()
            .heldCertificate(new HeldCertificate(HOST.keys(), HOST.certificate()))
            .addTrustedCertificate(client.certificate())
            .build();
    ContentServer server = new ContentServer(new byte[100], tls.sslContext(), Protocol.HTTP_1_1);
    opened = server.requireClientCertificate();
    ContentHosts hosts =
        ContentHosts.builder()
            .clientKey(URI.create(server.url("content.test")), keyStore(client), "password")
            .build();
    RedirectPolicy policy = RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).build();
    try (OkHttpContentFetcher fetcher =
        ContentFetches.fetcher(List.of(ROOT.certificate()), policy, hosts)) {
      assertThat(ContentFetches.fault(fetcher, server, "content.test", OWN)).isNull();
      assertThat(server.requests).hasSize(1);
      assertThat(server.requests.get(0).getHandshake())
          .satisfies(
              handshake ->
                  assertThat(java.util.Objects.requireNonNull(handshake).peerCertificates())
                      .isEqualTo(List.of(client.certificate())));
      // The same server under another name gets no certificate, and so does not respond.
      assertThatThrownBy(
              () ->
                  fetcher
                      .fetch(new ContentRequest(URI.create(server.url("other.test")), OWN, 0, null))
                      .close())
          .isInstanceOf(IOException.class);
      assertThat(server.requests).hasSize(1);
    }
  }

  private static KeyStore keyStore(TestCertificate client) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "key", client.key(), "password".toCharArray(), new Certificate[] {client.certificate()});
    return keys;
  }

  @Test
  void whatAHostGetsIsSaidForSchemeHostAndPort() throws Exception {
    TestCertificate client = TestCertificate.server("client.test").selfSigned();
    URI place = URI.create("https://Content.test/below");
    ContentHosts hosts =
        ContentHosts.builder()
            .clientKey(place, keyStore(client), "password")
            .header(place, "X-Own", "yes")
            .build();
    for (String same : List.of("https://content.test/c", "https://content.test:443/c")) {
      assertThat(hosts.headers(URI.create(same))).hasSize(1);
      assertThat(String.valueOf(hosts.clientKey(URI.create(same)))).isEqualTo("ClientKey");
    }
    for (String other :
        List.of(
            "http://content.test/c",
            "http://content.test:443/c",
            "https://content.test:444/c",
            "https://a.content.test/c",
            "https://other.test/c")) {
      assertThat(hosts.headers(URI.create(other))).isEmpty();
      assertThat(hosts.clientKey(URI.create(other))).isNull();
    }
  }
}
