// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hgwire.client.okhttp.MercurialResponses.handshake;
import static org.hgwire.client.okhttp.MercurialResponses.heads;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.hgwire.client.AuthenticationRequiredException;
import org.hgwire.client.Credentials;
import org.hgwire.client.HandshakeException;
import org.hgwire.client.HttpStatusException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.PeerTimeoutException;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TlsOptions;
import org.hgwire.client.TransportException;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.HttpV2Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP may do between a peer and a server, on real sockets. */
@Timeout(60)
class HttpBehaviourTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static PeerOptionsBuilder options() {
    return PeerOptions.builder().retries(RetryPolicy.never());
  }

  private URI url() {
    return server.url("/repo").uri();
  }

  private Peer connect(PeerOptionsBuilder options) throws IOException {
    return Peer.connect(url(), options.build());
  }

  private static MockResponse status(int code, String type, String body) {
    return new MockResponse.Builder().code(code).addHeader("Content-Type", type).body(body).build();
  }

  @Test
  void theHandshakeAndACommandAreSentAsTheProtocolSays() throws Exception {
    server.enqueue(handshake());
    server.enqueue(heads().build());
    try (Peer peer = connect(options())) {
      assertThat(peer.heads()).isEmpty();
    }
    RecordedRequest shake = server.takeRequest();
    assertThat(shake.getTarget()).isEqualTo("/repo?cmd=capabilities");
    assertThat(shake.getHeaders().get("X-HgUpgrade-1")).isEqualTo("exp-http-v2-0003");
    assertThat(shake.getHeaders().get("X-HgProto-1")).isEqualTo("cbor");
    RecordedRequest command = server.takeRequest();
    assertThat(command.getTarget()).isEqualTo("/repo/api/exp-http-v2-0003/ro/heads");
    assertThat(command.getHeaders().values("Accept")).containsExactly(HttpV2Api.FRAMING_MEDIA_TYPE);
    assertThat(command.getHeaders().values("Content-Type"))
        .containsExactly(HttpV2Api.FRAMING_MEDIA_TYPE);
    // hg serve hangs on chunked requests.
    assertThat(command.getHeaders().get("Content-Length"))
        .isEqualTo(String.valueOf(command.getBody().size()));
    assertThat(command.getHeaders().get("Transfer-Encoding")).isNull();
    assertThat(command.getConnectionIndex()).isEqualTo(shake.getConnectionIndex());
  }

  @ParameterizedTest
  @CsvSource({
    "application/mercurial-0.1, VERSION_1_ONLY",
    "text/html, NOT_A_REPOSITORY",
    "application/hg-error, NOT_A_REPOSITORY",
    "application/mercurial-cbor, BAD_CONTENT"
  })
  void otherContentIsReportedAsWhatItIs(String type, HandshakeException.Kind kind) {
    server.enqueue(status(200, type, "something"));
    PeerOptionsBuilder version2 = options().protocol(ProtocolVersion.VERSION_2);
    HandshakeException e = catchThrowableOfType(HandshakeException.class, () -> connect(version2));
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e.getMessage()).doesNotContain("\n").contains(url().getHost());
  }

  @Test
  void aHandshakeThatLeadsAwayFromTheServerIsRefused() {
    Handshake handshake =
        new Handshake(ByteString.utf8("//evil.test/"), Map.of(), ByteString.utf8("batch"));
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", HttpV2Api.CBOR_MEDIA_TYPE)
            .body(new Buffer().write(CborEncoder.encode(handshake.toCbor()).toByteArray()))
            .build());
    PeerOptionsBuilder version2 = options().protocol(ProtocolVersion.VERSION_2);
    assertThatThrownBy(() -> connect(version2)).isInstanceOf(HandshakeException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 406, 415, 500, 503})
  void aStatusThatIsNoSuccessIsTyped(int code) throws Exception {
    server.enqueue(handshake());
    server.enqueue(status(code, "text/plain", "not \u001b[1m today"));
    try (Peer peer = connect(options())) {
      HttpStatusException e = catchThrowableOfType(HttpStatusException.class, peer::heads);
      assertThat(e.status()).isEqualTo(code);
      assertThat(e.getMessage()).contains("today").doesNotContain("\u001b");
    }
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws Exception {
    server.enqueue(handshake());
    server.enqueue(status(503, "text/plain", "busy"));
    server.enqueue(heads().build());
    PeerOptionsBuilder twice =
        PeerOptions.builder()
            .retries(new RetryPolicy(2, Duration.ZERO, Duration.ZERO, () -> 0, pause -> {}));
    try (Peer peer = connect(twice)) {
      assertThat(peer.heads()).isEmpty();
    }
  }

  @Test
  void textResponseWithStatus200IsAFaultOfTheRequest() throws Exception {
    server.enqueue(handshake());
    server.enqueue(status(200, "text/plain", "bad frame"));
    try (Peer peer = connect(options())) {
      PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, peer::heads);
      assertThat(e.fault().code()).isEqualTo(WireErrorCode.PEER_ERROR);
      assertThat(e).hasMessageContaining("bad frame");
    }
  }

  @Test
  void responseOfAnotherTypeIsABadResponse() throws Exception {
    server.enqueue(handshake());
    server.enqueue(status(200, "text/html", "<html>log in here"));
    try (Peer peer = connect(options())) {
      PeerProtocolException e = catchThrowableOfType(PeerProtocolException.class, peer::heads);
      assertThat(e.fault().code()).isEqualTo(WireErrorCode.BAD_RESPONSE);
    }
  }

  @Test
  void credentialsOfTheAddressBecomeBasicAuthentication() throws Exception {
    server.enqueue(handshake());
    URI url = URI.create("http://al%40x:s%3Ae+cret@" + server.getHostName() + ":" + port() + "/r");
    try (Peer peer = Peer.connect(url, options().build())) {
      assertThat(peer.url().getUserInfo()).isNull();
    }
    assertThat(server.takeRequest().getHeaders().get("Authorization"))
        .isEqualTo(okhttp3.Credentials.basic("al@x", "s:e+cret"));
  }

  private int port() {
    return server.getPort();
  }

  @Test
  void aServerThatWantsCredentialsIsNotAskedTwice() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(401)
            .addHeader("WWW-Authenticate", "Basic realm=x")
            .build());
    AuthenticationRequiredException e =
        catchThrowableOfType(
            AuthenticationRequiredException.class,
            () -> connect(options().credentials(new Credentials("u", "p"))));
    assertThat(e.status()).isEqualTo(401);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void addedHeadersAreSentAndReservedOnesRefused() throws Exception {
    server.enqueue(handshake());
    connect(options().header("X-Token", "t")).close();
    assertThat(server.takeRequest().getHeaders().get("X-Token")).isEqualTo("t");
    assertThatThrownBy(() -> options().header("Content-Type", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options().header("X-A", "a\r\nX-B: b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusedConnectionFailsAtOnce() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(
            () ->
                Peer.connect(URI.create("http://127.0.0.1:" + free + "/"), PeerOptions.defaults()))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("check that a server is running there");
  }

  @Test
  void silentServerRunsIntoTheFirstByteTimeout() throws Exception {
    server.enqueue(handshake());
    server.enqueue(heads().headersDelay(30, TimeUnit.SECONDS).build());
    try (Peer peer = connect(options().firstByteTimeout(Duration.ofMillis(300)))) {
      assertThatThrownBy(peer::heads).isInstanceOf(PeerTimeoutException.class);
    }
  }

  @Test
  void stalledBodyRunsIntoTheFirstByteTimeout() throws Exception {
    server.enqueue(handshake());
    server.enqueue(heads().bodyDelay(30, TimeUnit.SECONDS).build());
    PeerOptionsBuilder options =
        options().firstByteTimeout(Duration.ofMillis(300)).idleTimeout(Duration.ofMinutes(1));
    try (Peer peer = connect(options)) {
      assertThatThrownBy(peer::heads).isInstanceOf(PeerTimeoutException.class);
    }
  }

  @Test
  void aConnectionThatIsCutInTheBodyIsATypedError() throws Exception {
    server.enqueue(handshake());
    server.enqueue(heads().onResponseBody(new SocketEffect.CloseSocket()).build());
    try (Peer peer = connect(options())) {
      assertThatThrownBy(peer::heads).isInstanceOf(TransportException.class);
    }
  }

  @Test
  void tlsTrustsTheAuthorityOfAFileAndNoOther(@TempDir Path directory) throws Exception {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    serveTls(authority);
    server.enqueue(handshake());
    Path file = directory.resolve("ca.pem");
    Files.writeString(file, authority.certificatePem());
    connect(options().tls(TlsOptions.trusting(file))).close();
    assertThatThrownBy(() -> connect(options()))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("certificate");
    assertThatThrownBy(() -> TlsOptions.trusting(Files.createFile(directory.resolve("empty"))))
        .isInstanceOf(IOException.class);
  }

  private void serveTls(HeldCertificate authority) {
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(ownCertificate(authority))
            .build()
            .sslSocketFactory());
  }

  private HeldCertificate ownCertificate(HeldCertificate authority) {
    return new HeldCertificate.Builder()
        .addSubjectAlternativeName(server.getHostName())
        .signedBy(authority)
        .build();
  }

  @Test
  void clientCertificateIsSentIfTheServerAsksForIt(@TempDir Path directory) throws Exception {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate client =
        new HeldCertificate.Builder().commonName("a client").signedBy(authority).build();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(ownCertificate(authority))
            .addTrustedCertificate(authority.certificate())
            .build()
            .sslSocketFactory());
    server.requireClientAuth();
    server.enqueue(handshake());
    TlsOptions trusting = TlsOptions.trusting(authority.certificate());
    connect(options().tls(trusting.withClientKey(keyStore(client, "secret"), "secret"))).close();
    assertThat(requireNonNull(server.takeRequest().getHandshake()).peerCertificates())
        .first()
        .isEqualTo(client.certificate());

    // Without a certificate, or with one of another authority, nothing is served.
    assertThatThrownBy(() -> connect(options().tls(trusting)))
        .isInstanceOf(TransportException.class);
    HeldCertificate stranger = new HeldCertificate.Builder().build();
    assertThatThrownBy(
            () -> connect(options().tls(trusting.withClientKey(keyStore(stranger, ""), ""))))
        .isInstanceOf(TransportException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);

    KeyStore store = keyStore(client, "secret");
    assertThatThrownBy(() -> connect(options().tls(trusting.withClientKey(store, "wrong"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static KeyStore keyStore(HeldCertificate certificate, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key",
        certificate.keyPair().getPrivate(),
        password.toCharArray(),
        new Certificate[] {certificate.certificate()});
    return store;
  }

  @Test
  void overTlsHttp2IsSpokenAndCommandsShareAConnection() throws Exception {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    serveTls(authority);
    server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    server.enqueue(handshake());
    server.enqueue(heads().throttleBody(7, 1, TimeUnit.MILLISECONDS).build());
    server.enqueue(heads().build());
    TlsOptions trusting = TlsOptions.trusting(authority.certificate());
    try (Peer peer = connect(options().tls(trusting).header("X-Token", "t"))) {
      assertThat(peer.heads()).isEmpty();
      assertThat(peer.heads()).isEmpty();
    }
    for (int exchange = 0; exchange < 3; exchange++) {
      RecordedRequest request = server.takeRequest();
      assertThat(request.getVersion()).isEqualTo("HTTP/2");
      assertThat(request.getConnectionIndex()).isZero();
      assertThat(request.getExchangeIndex()).isEqualTo(exchange);
      assertThat(request.getHeaders().get("X-Token")).isEqualTo("t");
      assertThat(request.getMethod()).isEqualTo(exchange == 0 ? "GET" : "POST");
    }
  }

  @Test
  void resetHttp2StreamIsATypedErrorOfOneCommand() throws Exception {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    serveTls(authority);
    server.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    server.enqueue(handshake());
    server.enqueue(heads().onResponseBody(new SocketEffect.CloseStream(2)).build());
    server.enqueue(heads().build());
    TlsOptions trusting = TlsOptions.trusting(authority.certificate());
    try (Peer peer = connect(options().tls(trusting))) {
      assertThatThrownBy(peer::heads).isInstanceOf(TransportException.class);
      assertThat(peer.heads()).isEmpty();
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void insecureTlsTakesAnyCertificate() throws Exception {
    serveTls(new HeldCertificate.Builder().certificateAuthority(0).build());
    server.enqueue(handshake());
    connect(options().tls(TlsOptions.acceptAnything())).close();
  }

  @Test
  void aTlsHandshakeThatHangsRunsIntoTheConnectTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");
      assertThatThrownBy(
              () -> Peer.connect(url, options().connectTimeout(Duration.ofMillis(300)).build()))
          .isInstanceOf(PeerTimeoutException.class);
    }
  }

  @Test
  void aClientOfTheCallerIsUsedAndLeftOpen() throws Exception {
    OkHttpClient client = new OkHttpClient();
    server.enqueue(handshake());
    connect(options().transport(OkHttpTransport.using(client))).close();
    assertThat(client.dispatcher().executorService().isShutdown()).isFalse();
  }
}
