// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okio.Buffer;
import org.hgwire.client.ContentHosts;
import org.hgwire.client.Credentials;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.Proxies;
import org.hgwire.client.RedirectEvent;
import org.hgwire.client.RedirectNotFollowedException;
import org.hgwire.client.Redirecting;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TlsOptions;
import org.hgwire.client.testing.RecordingListener;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.fetch.ContentResponse;
import org.hgwire.redirects.fetch.MinRate;
import org.hgwire.redirects.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects between real servers: what goes over the wire, and what does not. */
@Timeout(60)
class RedirectOverHttpTest {
  private static final TestCertificate ROOT = TestCertificate.authority("Root").selfSigned();
  private static final TestCertificate HOST =
      TestCertificate.server(
              "origin.test", "content.test", "other.test", "my_origin.test", "old_bucket.test")
          .issuedBy(ROOT);
  private static final CborValue[] OBJECTS = Redirecting.objects(40, 5000);
  private static final byte[] BODY = Redirecting.body(OBJECTS);
  private static final CommandRequest REQUEST = CommandRequest.of("objects", CborMap.empty());

  private final RecordingListener listener = new RecordingListener();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void forget() {
    listener.clearRedirects();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private HttpOrigin origin(boolean tls) throws IOException {
    HttpOrigin origin = new HttpOrigin(tls ? HOST.serverContext() : null);
    opened.add(origin);
    return origin;
  }

  private ContentServer content(boolean tls) throws IOException {
    return content(tls, Protocol.HTTP_1_1);
  }

  private ContentServer content(boolean tls, Protocol... protocols) throws IOException {
    ContentServer server = new ContentServer(BODY, tls ? HOST.serverContext() : null, protocols);
    opened.add(server);
    return server;
  }

  private PeerOptionsBuilder options() {
    return PeerOptions.builder()
        .retries(RetryPolicy.never())
        .transport(new WithOwnTls())
        .tls(TlsOptions.trusting(ROOT.certificate()))
        .redirects(RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).build())
        .contentTimeout(Duration.ofMillis(500))
        .idleTimeout(Duration.ofSeconds(5))
        .listener(listener);
  }

  /** Names of this machine, and the TLS of the options for the server too. */
  private static final class WithOwnTls implements org.hgwire.client.TransportFactory {
    @Override
    public org.hgwire.client.HttpTransport open(PeerOptions options) {
      okhttp3.OkHttpClient.Builder client =
          ClientSettings.of(options).newBuilder().dns(new LocalNames());
      return OkHttpTransport.using(client.build()).open(options);
    }

    @Override
    public ContentFetcher openFetcher(PeerOptions options) {
      return new OkHttpContentFetcher(options, new LocalNames(), ProxyChoice.of(Proxies.NONE));
    }
  }

  /** The origin redirects to the first target that is offered, or responds inline. */
  private static void redirect(HttpOrigin origin, ContentLocation... locations) {
    List<RedirectTarget> targets = new ArrayList<>();
    for (int i = 0; i < locations.length; i++) {
      URI url = URI.create(locations[i].url().utf8());
      targets.add(Redirecting.target("t" + i, url.getScheme(), url.resolve("/").toString()));
    }
    ContentFetcher none =
        new ContentFetcher() {
          @Override
          public ContentResponse fetch(ContentRequest request) {
            throw new AssertionError("the script fetches nothing");
          }

          @Override
          public void close() {}
        };
    origin.script.redirecting(
        new RedirectCapabilities(targets, List.of(ByteString.utf8("sha256"))), none);
    origin.script.raw(
        "objects",
        request -> {
          List<String> offered = Redirecting.offered(request);
          return offered.isEmpty()
              ? Redirecting.inline(OBJECTS)
              : Redirecting.redirect(locations[Integer.parseInt(offered.get(0).substring(1))]);
        });
  }

  private static void requireObjects(Peer peer) throws PeerException {
    assertThat(Redirecting.read(peer.call(REQUEST))).containsExactly(OBJECTS);
  }

  private void pull(HttpOrigin origin, PeerOptionsBuilder options) throws PeerException {
    try (Peer peer = Peer.connect(origin.url("origin.test"), options.build())) {
      requireObjects(peer);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingOfTheOriginCrossesToAnotherHost(boolean http2) throws Exception {
    HttpOrigin origin = origin(true);
    ContentServer content =
        http2
            ? content(true, Protocol.HTTP_2, Protocol.HTTP_1_1)
            : content(true, Protocol.HTTP_1_1);
    redirect(origin, Redirecting.location(content.url("content.test"), BODY));
    pull(
        origin,
        options()
            .credentials(new Credentials("user", "secret"))
            .header("X-Token", "secret")
            .header("Cookie", "session=secret"));
    assertThat(listener.failedRedirects()).isEmpty();
    assertThat(origin.requests.get(1).getHeaders().get("X-Token")).isEqualTo("secret");
    assertThat(content.requests).hasSize(1);
    assertThat(
            content.requests.get(0).getHeaders().names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT)))
        .isSubsetOf("host", ":authority", ":scheme", "connection", "accept-encoding", "user-agent");
    assertThat(content.requests.get(0).getHeaders().get("Accept-Encoding")).isEqualTo("identity");
  }

  /** Containers and old buckets have such names; {@link URI} finds no host in them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hostsWithUnderscoresAreLikeOthers(boolean tls) throws Exception {
    HttpOrigin origin = origin(tls);
    ContentServer content = content(tls);
    redirect(origin, Redirecting.location(content.url("old_bucket.test"), BODY));
    try (Peer peer = Peer.connect(origin.url("my_origin.test"), options().build())) {
      requireObjects(peer);
      assertThat(peer.url().getRawAuthority()).startsWith("my_origin.test:");
    }
    assertThat(listener.failedRedirects()).isEmpty();
    assertThat(content.requests.get(0).getHeaders().get("Host")).startsWith("old_bucket.test:");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noCookieIsKeptOrSent(boolean tls) throws Exception {
    HttpOrigin origin = origin(tls);
    ContentServer content = content(tls);
    redirect(origin, Redirecting.location(content.url("content.test"), BODY));
    try (Peer peer = Peer.connect(origin.url("origin.test"), options().build())) {
      requireObjects(peer);
      requireObjects(peer);
    }
    assertThat(content.requests).hasSize(2);
    for (RecordedRequest request : content.requests) {
      assertThat(request.getHeaders().get("Cookie")).isNull();
    }
    // Both come over one connection, and a redirect does not cost the origin's either.
    assertThat(content.requests.get(1).getConnectionIndex()).isZero();
    assertThat(origin.requests.stream().map(RecordedRequest::getConnectionIndex))
        .containsExactly(0, 0, 0);
  }

  @Test
  void headersForAContentHostGoToItsOriginOnly() throws Exception {
    HttpOrigin origin = origin(true);
    ContentServer content = content(true);
    ContentServer other = content(true);
    URI place = URI.create(content.url("content.test"));
    redirect(origin, Redirecting.location(content.url("content.test"), BODY));
    ContentHosts hosts =
        ContentHosts.builder()
            .header(place, "X-Own", "yes")
            .credentials(place, new Credentials("cdn", "password"))
            .build();
    RedirectPolicy hops =
        RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).maxHttpRedirects(2).build();
    pull(origin, options().contentHosts(hosts));
    content.responses.add(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", other.url("content.test"))
            .build());
    pull(origin, options().contentHosts(hosts).redirects(hops));
    assertThat(listener.failedRedirects()).isEmpty();
    assertThat(content.requests.get(0).getHeaders().get("X-Own")).isEqualTo("yes");
    assertThat(content.requests.get(0).getHeaders().get("Authorization")).startsWith("Basic ");
    // Another port of the same host is another place.
    assertThat(other.requests).hasSize(1);
    assertThat(other.requests.get(0).getHeaders().get("X-Own")).isNull();
    assertThat(other.requests.get(0).getHeaders().get("Authorization")).isNull();
    for (RecordedRequest request : origin.requests) {
      assertThat(request.getHeaders().get("X-Own")).isNull();
    }
  }

  /** All pairs of http and https: origin, content, and a hop behind it. */
  @ParameterizedTest
  @CsvSource({
    "http, http, , ",
    "http, https, , ",
    "https, https, , ",
    "https, http, , NOT_OFFERED",
    "http, http, http, ",
    "http, http, https, ",
    "http, https, https, ",
    "http, https, http, DOWNGRADE",
    "https, https, https, ",
    "https, https, http, DOWNGRADE",
    "https, http, https, NOT_OFFERED",
    "https, http, http, NOT_OFFERED"
  })
  void anHttpsOriginNeverLeadsToHttp(
      String originScheme,
      String contentScheme,
      @org.jspecify.annotations.Nullable String hopScheme,
      @org.jspecify.annotations.Nullable RedirectFault fault)
      throws Exception {
    HttpOrigin origin = origin(originScheme.equals("https"));
    ContentServer content = content(contentScheme.equals("https"));
    redirect(origin, Redirecting.location(content.url("content.test"), BODY));
    ContentServer hop = content("https".equals(hopScheme));
    if (hopScheme != null) {
      content.responses.add(
          new MockResponse.Builder()
              .code(307)
              .addHeader("Location", hop.url("other.test"))
              .build());
    }
    RedirectPolicy hops =
        RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).maxHttpRedirects(5).build();
    pull(origin, options().redirects(hops));
    if (fault == RedirectFault.NOT_OFFERED) {
      // A target over http is not even offered to an https origin.
      assertThat(listener.failedRedirects()).isEmpty();
      assertThat(content.requests).isEmpty();
      assertThat(hop.requests).isEmpty();
    } else {
      assertThat(listener.failedRedirects().stream().map(RedirectEvent.Failed::fault))
          .isEqualTo(fault == null ? List.of() : List.of(fault));
      assertThat(hop.requests).hasSize(hopScheme != null && fault == null ? 1 : 0);
    }
  }

  @Test
  void httpRedirectsOfAContentHostAreNotFollowedByDefault() throws Exception {
    HttpOrigin origin = origin(true);
    ContentServer content = content(true);
    redirect(origin, Redirecting.location(content.url("content.test"), BODY));
    content.responses.add(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", content.url("content.test"))
            .build());
    pull(origin, options());
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(RedirectFault.HTTP_REDIRECT);
    assertThat(content.requests).hasSize(1);
  }

  @Test
  void aRingOfHttpRedirectsEnds() throws Exception {
    HttpOrigin origin = origin(true);
    ContentServer content = content(true);
    redirect(origin, Redirecting.location(content.url("content.test"), BODY));
    for (int i = 0; i < 20; i++) {
      content.responses.add(
          new MockResponse.Builder()
              .code(302)
              .addHeader("Location", content.url(i % 2 == 0 ? "other.test" : "content.test"))
              .build());
    }
    RedirectPolicy hops =
        RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).maxHttpRedirects(5).build();
    pull(origin, options().redirects(hops));
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(RedirectFault.HTTP_REDIRECT);
    assertThat(content.requests).hasSize(6);
  }

  @Test
  void aRedirectOverHttpWithoutAHashFails() throws Exception {
    for (boolean tls : new boolean[] {false, true}) {
      HttpOrigin origin = origin(tls);
      ContentServer content = content(tls);
      ContentLocation sound = Redirecting.location(content.url("content.test"), BODY);
      redirect(
          origin,
          new ContentLocation(
              sound.url(),
              sound.mediaType(),
              OptionalLong.empty(),
              List.of(),
              null,
              List.of(),
              List.of(),
              null));
      listener.clearRedirects();
      pull(origin, options());
      if (tls) {
        assertThat(listener.failedRedirects()).isEmpty();
      } else {
        assertThat(listener.failedRedirects().get(0).fault())
            .isEqualTo(RedirectFault.NO_USABLE_HASH);
        assertThat(content.requests).isEmpty();
      }
    }
  }

  /** A CDN with a certificate of its own, behind a server whose authority is private. */
  @Test
  void pinsReplaceTheDefaultChecksAlsoBehindAPrivateOrigin() throws Exception {
    HttpOrigin origin = origin(true);
    TestCertificate own = TestCertificate.server("content.test").selfSigned();
    ContentServer content = new ContentServer(BODY, own.serverContext(), Protocol.HTTP_1_1);
    opened.add(content);
    redirect(origin, pinned(content, own));
    pull(origin, options());
    assertThat(listener.failedRedirects()).isEmpty();
    assertThat(content.requests).hasSize(1);

    // What the user trusts for content hosts holds besides.
    RedirectPolicy stricter =
        RedirectPolicy.builder()
            .addresses(LocalNames.LOOPBACK)
            .authorities(List.of(ROOT.certificate()))
            .build();
    pull(origin, options().redirects(stricter));
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(RedirectFault.CERTIFICATE);
    assertThat(content.requests).hasSize(1);
  }

  @Test
  void pinsOfAnOriginThatIsNotAuthenticatedAreIgnored() throws Exception {
    HttpOrigin origin = origin(true);
    TestCertificate own = TestCertificate.server("content.test").selfSigned();
    ContentServer content = new ContentServer(BODY, own.serverContext(), Protocol.HTTP_1_1);
    opened.add(content);
    redirect(origin, pinned(content, own));
    pull(origin, options().tls(TlsOptions.acceptAnything()));
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(RedirectFault.CERTIFICATE);
    assertThat(content.requests).isEmpty();
  }

  private static ContentLocation pinned(ContentServer content, TestCertificate certificate) {
    ContentLocation plain = Redirecting.location(content.url("content.test"), BODY);
    return new ContentLocation(
        plain.url(),
        plain.mediaType(),
        plain.size(),
        plain.fullHashes(),
        plain.fullHashSeed(),
        List.of(certificate.der()),
        List.of(),
        plain.segmentHashes());
  }

  /** What may be wrong with a target. */
  enum Breakage {
    DOWN(RedirectFault.UNREACHABLE),
    UNAVAILABLE(RedirectFault.STATUS),
    STALLED_BEFORE_THE_HEAD(RedirectFault.TIMEOUT),
    STALLED_IN_THE_BODY(RedirectFault.TIMEOUT),
    WRONG_CERTIFICATE(RedirectFault.CERTIFICATE),
    WRONG_BYTES(RedirectFault.HASH),
    CUT(RedirectFault.CUT);

    private final RedirectFault fault;

    Breakage(RedirectFault fault) {
      this.fault = fault;
    }
  }

  private String broken(Breakage breakage) throws IOException {
    if (breakage == Breakage.DOWN) {
      try (ServerSocket closed = new ServerSocket(0)) {
        return "https://content.test:" + closed.getLocalPort() + "/c";
      }
    }
    if (breakage == Breakage.WRONG_CERTIFICATE) {
      SSLContext tls = TestCertificate.server("content.test").selfSigned().serverContext();
      ContentServer server = new ContentServer(BODY, tls, Protocol.HTTP_1_1);
      opened.add(server);
      return server.url("content.test");
    }
    ContentServer server = content(true);
    MockResponse.Builder response = new MockResponse.Builder().addHeader("ETag", "\"one\"");
    byte[] wrong = BODY.clone();
    wrong[BODY.length / 2] ^= 1;
    switch (breakage) {
      case UNAVAILABLE -> response.code(503);
      case STALLED_BEFORE_THE_HEAD ->
          response.body(new Buffer().write(BODY)).onResponseStart(SocketEffect.Stall.INSTANCE);
      case STALLED_IN_THE_BODY ->
          response.body(new Buffer().write(BODY)).onResponseBody(SocketEffect.Stall.INSTANCE);
      case CUT ->
          response.body(new Buffer().write(BODY)).onResponseBody(new SocketEffect.CloseSocket());
      default -> response.body(new Buffer().write(wrong));
    }
    for (int i = 0; i < 5; i++) {
      server.responses.add(response.build());
    }
    return server.url("content.test");
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void aBrokenTargetCostsTimeAndTheCallCompletesInline(Breakage breakage) throws Exception {
    HttpOrigin origin = origin(true);
    redirect(origin, Redirecting.location(broken(breakage), BODY));
    pull(origin, options().idleTimeout(Duration.ofMillis(500)));
    assertThat(listener.failedRedirects()).hasSize(1);
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(breakage.fault);
    assertThat(listener.failedRedirects().get(0).retried()).isTrue();
    assertThat(listener.failedRedirects().get(0).message()).isNotBlank();
    assertThat(origin.script.commands).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void ofTwoTargetsTheSecondServesWhereTheFirstIsBroken(Breakage breakage) throws Exception {
    HttpOrigin origin = origin(true);
    ContentServer sound = content(true);
    redirect(
        origin,
        Redirecting.location(broken(breakage), BODY),
        Redirecting.location(sound.url("other.test"), BODY));
    pull(origin, options().idleTimeout(Duration.ofMillis(500)));
    assertThat(listener.failedRedirects()).hasSize(1);
    assertThat(listener.failedRedirects().get(0).fault()).isEqualTo(breakage.fault);
    assertThat(sound.requests).hasSize(1);
  }

  @Test
  void aBodyThatIsCutIsResumedOverHttp() throws Exception {
    HttpOrigin origin = origin(true);
    ContentServer content = content(true);
    redirect(origin, Redirecting.location(content.url("content.test"), BODY));
    content.responses.add(
        new MockResponse.Builder()
            .addHeader("ETag", "\"one\"")
            .body(new Buffer().write(BODY))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    pull(origin, options());
    assertThat(listener.failedRedirects()).isEmpty();
    assertThat(content.requests).hasSize(2);
    assertThat(content.requests.get(1).getHeaders().get("Range")).matches("bytes=[1-9]\\d*-");
    assertThat(content.requests.get(1).getHeaders().get("If-Range")).isEqualTo("\"one\"");
  }

  @Test
  void flippedByteAnywhereReleasesNoObject() throws Exception {
    HttpOrigin origin = origin(false);
    ContentServer content = content(false);
    ContentLocation location = Redirecting.location(content.url("content.test"), BODY);
    redirect(origin, location);
    // Nothing but redirects, so that an object can only come from the corrupted body.
    origin.script.raw("objects", request -> Redirecting.redirect(location));
    int detected = 0;
    for (int i = 0; i < 64; i++) {
      byte[] corrupted = BODY.clone();
      corrupted[(int) ((long) i * (BODY.length - 1) / 63)] ^= 1;
      content.content = corrupted;
      listener.clearRedirects();
      try (Peer peer = Peer.connect(origin.url("origin.test"), options().build())) {
        List<CborValue> released = new ArrayList<>();
        org.hgwire.client.CommandResponse response = peer.call(REQUEST);
        PeerException e =
            catchThrowableOfType(PeerException.class, () -> released.add(response.nextValue()));
        assertThat(released).isEmpty();
        if (e instanceof org.hgwire.client.RedirectFailedException failed
            && failed.attempts().get(0).fault() == RedirectFault.HASH) {
          detected++;
        }
      }
    }
    assertThat(detected).isEqualTo(64);
  }

  @Test
  void httpRedirectOfTheServerIsItsOwnError() throws Exception {
    HttpOrigin origin = origin(false);
    redirect(origin, Redirecting.location("http://content.test/c", BODY));
    origin.script.raw(
        "objects",
        request -> Redirecting.redirect(Redirecting.location("http://content.test/c", BODY)));
    try (Peer peer =
        Peer.connect(origin.url("origin.test"), options().redirects(RedirectPolicy.OFF).build())) {
      RedirectNotFollowedException e =
          catchThrowableOfType(RedirectNotFollowedException.class, () -> requireObjects(peer));
      assertThat(e).hasCauseInstanceOf(RedirectException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flood", "drip", "slow"})
  void responseComesInlineFromBehindAHostileContentHost(String kind) throws Exception {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    RawHost hostile =
        new RawHost(
            HOST.serverContext(),
            false,
            (out, stream) -> {
              out.write(RawHost.text(head + (kind.equals("slow") ? "" : "5;ext=")));
              byte[] piece = RawHost.text(kind.equals("slow") ? "1\r\nx\r\n" : "x".repeat(100));
              for (int i = 0; i < 200_000; i++) {
                out.write(piece);
                if (!kind.equals("flood")) {
                  Thread.sleep(30);
                }
              }
            });
    opened.add(hostile);
    HttpOrigin origin = origin(true);
    redirect(origin, Redirecting.location(hostile.url("content.test").toString(), BODY));
    long begun = System.nanoTime();
    pull(
        origin,
        options()
            .idleTimeout(Duration.ofMillis(500))
            .minContentRate(new MinRate(1000, Duration.ofMillis(500))));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(listener.failedRedirects())
        .singleElement()
        .satisfies(
            failed ->
                assertThat(failed.fault())
                    .isEqualTo(
                        kind.equals("flood") ? RedirectFault.TOO_LONG : RedirectFault.TIMEOUT));
  }
}
