// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.hgwire.client.testing.RecordingListener;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of a location, sound and not: a location that is not sound is not used, the response
 * comes inline, and the event says why.
 */
@Timeout(60)
class RedirectMatrixTest {
  private static final CborValue[] OBJECTS = Redirecting.objects(6, 500);
  private static final byte[] BODY = Redirecting.body(OBJECTS);
  private static final String HOST = "one.test";

  private final MemoryContentHosts contentHosts =
      new MemoryContentHosts().on(HOST, MemoryContentHosts.serving(BODY));
  private final RecordingListener listener = new RecordingListener();

  /** One row; {@code %s} in the URL is the scheme of the origin. */
  private record Row(
      String name,
      String scheme,
      String url,
      String mediaType,
      OptionalLong size,
      List<ContentHash> hashes,
      @Nullable ByteString seed,
      List<ByteString> servers,
      RedirectPolicy policy,
      @Nullable RedirectFault fault) {
    Row over(String other) {
      return new Row(name, other, url, mediaType, size, hashes, seed, servers, policy, fault);
    }

    Row with(ContentHash... some) {
      return new Row(
          name, scheme, url, mediaType, size, List.of(some), seed, servers, policy, fault);
    }

    Row seed(String some) {
      return new Row(
          name,
          scheme,
          url,
          mediaType,
          size,
          hashes,
          ByteString.utf8(some),
          servers,
          policy,
          fault);
    }

    Row size(OptionalLong some) {
      return new Row(name, scheme, url, mediaType, some, hashes, seed, servers, policy, fault);
    }

    Row servers(ByteString... some) {
      return new Row(
          name, scheme, url, mediaType, size, hashes, seed, List.of(some), policy, fault);
    }

    Row mediaType(String some) {
      return new Row(name, scheme, url, some, size, hashes, seed, servers, policy, fault);
    }

    Row allowingSha1() {
      RedirectPolicy lax = RedirectPolicy.builder().allowSha1(true).build();
      return new Row(name, scheme, url, mediaType, size, hashes, seed, servers, lax, fault);
    }

    Row fails(RedirectFault why) {
      return new Row(name, scheme, url, mediaType, size, hashes, seed, servers, policy, why);
    }

    ContentLocation location() {
      return new ContentLocation(
          ByteString.utf8(url.replace("%s", scheme)),
          ByteString.utf8(mediaType),
          size,
          hashes,
          seed,
          servers,
          List.of(),
          null);
    }

    @Override
    public String toString() {
      return scheme + ": " + name;
    }
  }

  private static Row row(String name) {
    return url(name, "%s://" + HOST + "/below/c");
  }

  private static Row url(String name, String url) {
    return new Row(
        name,
        "https",
        url,
        "application/mercurial-cbor",
        OptionalLong.of(BODY.length),
        List.of(hash("sha256", "")),
        null,
        List.of(),
        RedirectPolicy.VERIFIED,
        null);
  }

  private static ContentHash hash(String name, String seed) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      digest.update(ByteString.utf8(seed).toByteArray());
      return new ContentHash(ByteString.utf8(name), ByteString.copyOf(digest.digest(BODY)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static ContentHash sha512() {
    return new ContentHash(ByteString.utf8("sha512"), hash("SHA-512", "").value());
  }

  private static ContentHash bad(ContentHash hash) {
    byte[] value = hash.value().toByteArray();
    value[value.length - 1] ^= 1;
    return new ContentHash(hash.name(), ByteString.copyOf(value));
  }

  private static ContentHash cut(ContentHash hash) {
    return new ContentHash(hash.name(), hash.value().substring(0, hash.value().length() - 1));
  }

  private static ContentHash unknown() {
    return new ContentHash(ByteString.utf8("blake9"), ByteString.copyOf(new byte[32]));
  }

  static Stream<Row> hashes() {
    ContentHash sha256 = hash("sha256", "");
    ContentHash sha1 = hash("sha1", "");
    return Stream.of(
            row("hash good"),
            row("several hashes good").with(sha256, sha512(), sha1),
            row("hash bad").with(bad(sha256)).fails(RedirectFault.HASH),
            row("one of several hashes bad").with(sha256, bad(sha512())).fails(RedirectFault.HASH),
            row("sha1 besides a good one bad").with(sha256, bad(sha1)).fails(RedirectFault.HASH),
            row("sha1 only").with(sha1).fails(RedirectFault.NO_USABLE_HASH),
            row("unknown only").with(unknown()).fails(RedirectFault.NO_USABLE_HASH),
            row("unknown and sha1 only").with(unknown(), sha1).fails(RedirectFault.NO_USABLE_HASH),
            row("unknown besides a good one").with(unknown(), sha256),
            row("wrong length").with(cut(sha256)).fails(RedirectFault.HASH_LENGTH),
            row("wrong length besides a good one")
                .with(sha256, cut(sha512()))
                .fails(RedirectFault.HASH_LENGTH),
            row("seed").with(hash("sha256", "seed")).seed("seed"),
            row("seed missing").with(hash("sha256", "seed")).fails(RedirectFault.HASH),
            row("seed wrong").with(hash("sha256", "seed")).seed("see").fails(RedirectFault.HASH),
            row("seed that was not used").seed("seed").fails(RedirectFault.HASH))
        .flatMap(each -> Stream.of(each, each.over("http")));
  }

  static Stream<Row> hashesByScheme() {
    ContentHash sha1 = hash("sha1", "");
    return Stream.of(
        row("sha1 only, allowed, over https").with(sha1).allowingSha1(),
        row("sha1 only, allowed, bad").with(bad(sha1)).allowingSha1().fails(RedirectFault.HASH),
        row("sha1 only, allowed, over http")
            .over("http")
            .with(sha1)
            .allowingSha1()
            .fails(RedirectFault.NO_USABLE_HASH),
        row("hash missing over https").with(),
        row("hash missing over http").over("http").with().fails(RedirectFault.NO_USABLE_HASH));
  }

  static Stream<Row> sizesAndTypes() {
    return Stream.of(
            row("size absent").size(OptionalLong.empty()),
            row("size one less")
                .size(OptionalLong.of(BODY.length - 1))
                .fails(RedirectFault.TOO_LONG),
            row("size one more")
                .size(OptionalLong.of(BODY.length + 1))
                .fails(RedirectFault.TOO_SHORT),
            row("size zero").size(OptionalLong.of(0)).fails(RedirectFault.TOO_LONG),
            row("media type other")
                .mediaType("application/octet-stream")
                .fails(RedirectFault.MEDIA_TYPE),
            row("media type empty").mediaType("").fails(RedirectFault.MEDIA_TYPE),
            row("media type with a parameter")
                .mediaType("application/mercurial-cbor; v=2")
                .fails(RedirectFault.MEDIA_TYPE),
            row("malformed pin")
                .servers(ByteString.utf8("certificate"))
                .fails(RedirectFault.BAD_PINS))
        .flatMap(each -> Stream.of(each, each.over("http")));
  }

  static Stream<Row> urls() {
    return Stream.of(
            url("scheme file", "file:///etc/passwd").fails(RedirectFault.SCHEME),
            url("scheme ftp", "ftp://one.test/below/c").fails(RedirectFault.SCHEME),
            url("scheme ssh", "ssh://one.test/below/c").fails(RedirectFault.SCHEME),
            url("scheme data", "data:,x").fails(RedirectFault.SCHEME),
            url("no scheme", "//one.test/below/c").fails(RedirectFault.SCHEME),
            url("relative", "/below/c").fails(RedirectFault.SCHEME),
            url("empty", "").fails(RedirectFault.SCHEME),
            url("user info", "%s://user@one.test/below/c").fails(RedirectFault.BAD_URL),
            url("user info that looks like the host", "%s://one.test@evil.test/below/c")
                .fails(RedirectFault.BAD_URL),
            url("control characters", "%s://one.test/below/c\r\nX: y").fails(RedirectFault.BAD_URL),
            url("a host that was not advertised", "%s://evil.test/below/c")
                .fails(RedirectFault.NOT_ADVERTISED),
            url("a host that begins like it", "%s://one.test.evil.test/below/c")
                .fails(RedirectFault.NOT_ADVERTISED),
            url("another port", "%s://one.test:8080/below/c").fails(RedirectFault.NOT_ADVERTISED),
            url("another path", "%s://one.test/belowc").fails(RedirectFault.NOT_ADVERTISED),
            url("a path that leads out", "%s://one.test/below/../c").fails(RedirectFault.BAD_URL),
            url("an address", "%s://127.0.0.1/below/c").fails(RedirectFault.ADDRESS))
        .flatMap(each -> Stream.of(each, each.over("http")));
  }

  private void require(Row row) throws Exception {
    String uri = row.scheme() + "://" + HOST + "/below/";
    ScriptedServer server =
        new ScriptedServer()
            .redirecting(
                new RedirectCapabilities(
                    List.of(Redirecting.target("one", row.scheme(), uri)), List.of()),
                contentHosts);
    server.raw(
        "objects",
        request ->
            request.redirect() == null
                ? Redirecting.inline(OBJECTS)
                : Redirecting.redirect(row.location()));
    PeerOptions options =
        PeerOptions.builder().transport(server).redirects(row.policy()).listener(listener).build();
    try (Peer peer = Peer.connect(URI.create(row.scheme() + "://server.test/repo"), options)) {
      CommandResponse response = peer.call(CommandRequest.of("objects", CborMap.empty()));
      assertThat(Redirecting.read(response)).containsExactly(OBJECTS);
    }
    List<RedirectEvent> events = listener.redirectOutcomes();
    assertThat(events).hasSize(1);
    if (row.fault() == null) {
      assertThat(events.get(0)).isInstanceOf(RedirectEvent.Completed.class);
      assertThat(server.commands).hasSize(1);
    } else {
      assertThat(events.get(0))
          .isInstanceOfSatisfying(
              RedirectEvent.Failed.class,
              failed -> {
                assertThat(failed.fault()).isEqualTo(row.fault());
                assertThat(failed.message()).matches("\\P{Cntrl}+");
                assertThat(failed.url()).matches("\\P{Cntrl}*");
              });
      assertThat(server.commands).hasSize(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hashes")
  void everyKnownHashMustMatchAndOneMustBeStrong(Row row) throws Exception {
    require(row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hashesByScheme")
  void overHttpAHashThatProvesSomethingIsRequired(Row row) throws Exception {
    require(row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sizesAndTypes")
  void sizeAndMediaTypeAndPinsMustFit(Row row) throws Exception {
    require(row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("urls")
  void theUrlMustBelongToATargetThatWasOffered(Row row) throws Exception {
    require(row);
  }
}
