// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.core.message.SegmentHashes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationPolicyTest {
  private static final URI SECURE = URI.create("https://hg.example/repo");
  private static final URI OPEN = URI.create("http://hg.example/repo");
  private static final String URL = "https://cdn.example/objects/1";

  @Test
  void validLocationIsApprovedWithAllItsFields() throws RedirectException {
    ContentLocation location = location(URL + "?a=b#c", "sha256:32 sha1:20 blake3:9", 100L, null);
    ApprovedLocation approved = approve(SECURE, RedirectPolicy.VERIFIED, location);
    assertThat(approved.url()).isEqualTo(URI.create(URL + "?a=b"));
    assertThat(approved.target()).isEqualTo(ByteString.utf8("https"));
    assertThat(approved.pins()).isEqualTo(PinSet.NONE);
    ContentExpectation expectation = approved.expectation();
    assertThat(expectation.size()).hasValue(100);
    assertThat(expectation.maxBytes()).isEqualTo(1L << 30);
    assertThat(expectation.hashes()).containsOnlyKeys(HashAlgorithm.SHA256, HashAlgorithm.SHA1);
    assertThat(expectation.seed()).isEqualTo(ByteString.utf8("seed"));
    assertThat(expectation.segments()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // schemes
    "file:///etc/passwd, SCHEME",
    "file:/etc/passwd, SCHEME",
    "ftp://cdn.example/, SCHEME",
    "ssh://cdn.example/, SCHEME",
    "jar:https://cdn.example/x!/y, SCHEME",
    "gopher://cdn.example/, SCHEME",
    "javascript:alert(1), SCHEME",
    "data:text/plain;base64, SCHEME",
    "//cdn.example/objects/1, SCHEME",
    "/objects/1, SCHEME",
    "'', SCHEME",
    // no host
    "https:objects, BAD_URL",
    "https:///objects, BAD_URL",
    "https:/cdn.example/objects, BAD_URL",
    "https://:443/objects, BAD_URL",
    // user info
    "https://cdn.example@evil/, BAD_URL",
    "https://cdn.example@/, BAD_URL",
    "https://user:password@cdn.example/objects/1, BAD_URL",
    "https://@cdn.example/objects/1, BAD_URL",
    "https://cdn.example%40evil/, BAD_URL",
    "https://cdn.example\\@evil/, BAD_URL",
    "https://cdn.example\\.evil/, BAD_URL",
    "https:\\\\cdn.example\\objects, BAD_URL",
    // numbers as hosts
    "http://2130706433/, BAD_URL",
    "http://0x7f000001/, BAD_URL",
    "http://0x7f.1/, BAD_URL",
    "http://0X7F.0.0.1/, BAD_URL",
    "http://0177.0.0.1/, BAD_URL",
    "http://017700000001/, BAD_URL",
    "http://127.1/, BAD_URL",
    "http://127.0.1/, BAD_URL",
    "http://127.0.0.01/, BAD_URL",
    "http://127.0.0.1./, BAD_URL",
    "http://127.0.0.256/, BAD_URL",
    "http://127.0.0.1.1/, BAD_URL",
    "http://127.0.0.0x1/, BAD_URL",
    "http://cdn.example.1/, BAD_URL",
    "http://0/, BAD_URL",
    // non-public addresses
    "http://127.0.0.1/, ADDRESS",
    "http://0.0.0.0/, ADDRESS",
    "http://169.254.169.254/latest/meta-data/, ADDRESS",
    "http://10.0.0.1:8080/, ADDRESS",
    "http://[::1]/, ADDRESS",
    "http://[::]/, ADDRESS",
    "http://[0:0:0:0:0:0:0:1]/, ADDRESS",
    "http://[::ffff:127.0.0.1]/, ADDRESS",
    "http://[::ffff:7f00:1]/, ADDRESS",
    "http://[::FFFF:7F00:0001]/, ADDRESS",
    "http://[::ffff:8.8.8.8]/, ADDRESS",
    "http://[::127.0.0.1]/, ADDRESS",
    "http://[64:ff9b::127.0.0.1]/, ADDRESS",
    "http://[2002:7f00:1::]/, ADDRESS",
    "http://[fe80::1]/, ADDRESS",
    "http://[fd00::1]/, ADDRESS",
    // brackets around other things than IPv6 addresses
    "http://[fe80::1%25eth0]/, BAD_URL",
    "http://[fe80::1%eth0]/, BAD_URL",
    "http://[127.0.0.1]/, BAD_URL",
    "http://[cdn.example]/, BAD_URL",
    "http://[v1.x]/, BAD_URL",
    "http://[]/, BAD_URL",
    "http://[::1/, BAD_URL",
    "http://[::1]x/, BAD_URL",
    "http://[::ffff:0127.0.0.1]/, BAD_URL",
    // escapes and non-ASCII characters
    "http://%31%32%37.0.0.1/, BAD_URL",
    "http://127%2e0%2e0%2e1/, BAD_URL",
    "https://cdn%2eexample/, BAD_URL",
    "https://%63dn.example/, BAD_URL",
    "http://１２７.０.０.１/, BAD_URL",
    "http://①②⑦.⓪.⓪.①/, BAD_URL",
    "http://127。0。0。1/, BAD_URL",
    "https://bücher.example/, BAD_URL",
    "https://cdn.example/ü, BAD_URL",
    "https://cdn．example/, BAD_URL",
    "https://cdn.ex\u00adample/, BAD_URL",
    // host names
    "https://localhost./, BAD_URL",
    "https://cdn.example./objects/1, BAD_URL",
    "https://cdn..example/, BAD_URL",
    "https://.cdn.example/, BAD_URL",
    "https://cdn_1.example%00/, BAD_URL",
    "https://user:p@ss@cdn_1.example/, BAD_URL",
    "https://-cdn.example/, BAD_URL",
    "https://cdn-.example/, BAD_URL",
    "'https://cdn.example,evil/', BAD_URL",
    "https://cdn.example;evil/, BAD_URL",
    "https://cdn.example&evil/, BAD_URL",
    "https://*.example/, BAD_URL",
    // ports
    "https://cdn.example:0/objects/1, BAD_URL",
    "https://cdn.example:65536/objects/1, BAD_URL",
    "https://cdn.example:99999999999/objects/1, BAD_URL",
    "https://cdn.example:-1/objects/1, BAD_URL",
    "https://cdn.example:0443/objects/1, BAD_URL",
    "https://cdn.example:443:80/objects/1, BAD_URL",
    "https://cdn.example:x/objects/1, BAD_URL",
    // characters and segments
    "https://cdn.example/a b, BAD_URL",
    "https://cdn.example/a%0d%0aHost:x, BAD_URL",
    "https://cdn.example/a%00b, BAD_URL",
    "https://cdn.example/a?b=%0A, BAD_URL",
    "https://cdn.example/a%7f, BAD_URL",
    "https://cdn.example/a%zz, BAD_URL",
    "https://cdn.example/a%, BAD_URL",
    "https://cdn.example/<a>, BAD_URL",
    "https://cdn.example/a/../b, BAD_URL",
    "https://cdn.example/./a, BAD_URL",
    "https://cdn.example/%2e%2E/a, BAD_URL",
    "https://cdn.example/a/..%2f..%2fb, BAD_URL",
  })
  void ambiguousUrlsAreRefused(String url, RedirectFault fault) {
    LocationPolicy policy = policy(OPEN, RedirectPolicy.VERIFIED);
    assertThat(faultOf(() -> policy.approve(OPEN, url))).isEqualTo(fault);
    ContentLocation location = location(url, "sha256:32", 1L, null);
    assertThat(faultOf(() -> approve(OPEN, RedirectPolicy.VERIFIED, location))).isEqualTo(fault);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 13, 27, 31, 127, 128, 133, 160, 255})
  void noControlCharacterOrByteBeyondAsciiIsInAUrl(int character) {
    String url = "https://cdn.example/objects/" + (char) character + "1";
    LocationPolicy policy = policy(OPEN, RedirectPolicy.VERIFIED);
    assertThat(faultOf(() -> policy.approve(OPEN, url))).isEqualTo(RedirectFault.BAD_URL);
    ContentLocation raw =
        new ContentLocation(
            ByteString.copyOf(url.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
            ByteString.utf8("application/mercurial-cbor"),
            OptionalLong.empty(),
            List.of(),
            null,
            List.of(),
            List.of(),
            null);
    assertThat(faultOf(() -> approve(SECURE, RedirectPolicy.VERIFIED, raw)))
        .isEqualTo(RedirectFault.BAD_URL);
  }

  @Test
  void urlMayHaveEightKibibytesAndNotOneMore() throws RedirectException {
    String longest = "https://cdn.example/" + "a".repeat(8192 - 20);
    LocationPolicy policy = policy(SECURE, RedirectPolicy.VERIFIED);
    assertThat(policy.approve(SECURE, longest).toString()).hasSize(8192);
    assertThat(faultOf(() -> policy.approve(SECURE, longest + "a")))
        .isEqualTo(RedirectFault.BAD_URL);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://CDN.Example:443/A?B#c, https://cdn.example/A?B",
    "https://cdn.example, https://cdn.example/",
    "https://cdn.example:/x, https://cdn.example/x",
    "https://cdn.example?x, https://cdn.example/?x",
    "https://cdn.example#@evil/, https://cdn.example/",
    "https://cdn.example/%2A;p=1/..a/a..//b, https://cdn.example/%2A;p=1/..a/a..//b",
    "https://8.8.8.8:8443/, https://8.8.8.8:8443/",
    "https://[2606:4700::1111]/, https://[2606:4700::1111]/",
    "https://xn--bcher-kva.example/, https://xn--bcher-kva.example/",
    "https://localhost/, https://localhost/",
    "https://Cdn_1.example:443/x#branch, https://cdn_1.example/x",
    "https://_old_bucket_/x, https://_old_bucket_/x",
  })
  void urlIsNormalized(String url, String form) throws RedirectException {
    LocationPolicy policy = policy(SECURE, RedirectPolicy.VERIFIED);
    assertThat(policy.approve(SECURE, url)).isEqualTo(URI.create(form));
  }

  @Test
  void addressesThatTheUserAllowedAreFollowed() throws RedirectException {
    RedirectPolicy allowing =
        RedirectPolicy.builder()
            .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.0/8").allowing("::1"))
            .build();
    LocationPolicy policy = policy(OPEN, allowing);
    for (String host : List.of("127.0.0.1", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]")) {
      assertThat(policy.approve(OPEN, "http://" + host + "/x").getHost()).isEqualTo(host);
    }
    assertThat(faultOf(() -> policy.approve(OPEN, "http://10.0.0.1/")))
        .isEqualTo(RedirectFault.ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({
    "http://hg.example/, http://cdn.example/, true",
    "http://hg.example/, https://cdn.example/, true",
    "https://hg.example/, https://cdn.example/, true",
    "https://hg.example/, http://cdn.example/, false",
    "HTTPS://hg.example/, HTTP://cdn.example/, false",
  })
  void anHttpsOriginNeverLeadsToHttp(URI from, String url, boolean followed) {
    LocationPolicy policy = policy(OPEN, RedirectPolicy.VERIFIED);
    assertThat(faultOf(() -> policy.approve(from, url)))
        .isEqualTo(followed ? null : RedirectFault.DOWNGRADE);
    ContentLocation location = location(url + "objects/", "sha256:32", 1L, null);
    assertThat(faultOf(() -> approve(from, RedirectPolicy.VERIFIED, location)))
        .isEqualTo(followed ? null : RedirectFault.DOWNGRADE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/objects/1",
        "https://cdn.example/other/1",
        "https://cdn.example/objects",
        "https://cdn.example/objectsx/1",
        "https://cdn.example:8443/objects/1",
        "https://hg.example/repo",
      })
  void urlOutsideTheOfferedTargetsIsNotAdvertised(String url) {
    ContentLocation location = location(url, "sha256:32", 1L, null);
    assertThat(faultOf(() -> approve(SECURE, RedirectPolicy.VERIFIED, location)))
        .isEqualTo(RedirectFault.NOT_ADVERTISED);
  }

  @Test
  void aRedirectWithoutAnOfferIsRefused() {
    ContentLocation location = location(URL, "sha256:32", 1L, null);
    LocationPolicy policy = policy(SECURE, RedirectPolicy.VERIFIED);
    assertThat(faultOf(() -> policy.approve(location, null))).isEqualTo(RedirectFault.NOT_OFFERED);
    LocationPolicy off = policy(SECURE, RedirectPolicy.OFF);
    RedirectOffer offer = new RedirectOffer(List.of(ByteString.utf8("https")), List.of());
    assertThat(faultOf(() -> off.approve(location, offer))).isEqualTo(RedirectFault.NOT_OFFERED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/octet-stream",
        "application/mercurial-cbor; charset=utf-8",
        "application/mercurial-cbor ",
        "Application/Mercurial-CBOR",
        "application/mercurial-exp-framing-0006",
      })
  void anyOtherMediaTypeIsRefused(String mediaType) {
    ContentLocation location =
        new ContentLocation(
            ByteString.utf8(URL),
            ByteString.utf8(mediaType),
            OptionalLong.empty(),
            List.of(),
            null,
            List.of(),
            List.of(),
            null);
    assertThat(faultOf(() -> approve(SECURE, RedirectPolicy.VERIFIED, location)))
        .isEqualTo(RedirectFault.MEDIA_TYPE);
  }

  @ParameterizedTest
  @CsvSource({
    // origin, target, hashes (name:bytes), SHA-1 allowed, fault
    "https, https, '', false, ",
    "https, https, sha256:32, false, ",
    "https, https, sha512:64, false, ",
    "https, https, sha256:32 sha1:20, false, ",
    "https, https, sha256:32 blake3:32, false, ",
    "https, https, sha1:20, false, NO_USABLE_HASH",
    "https, https, sha1:20, true, ",
    "https, https, sha1:20 blake3:32, false, NO_USABLE_HASH",
    "https, https, sha1:20 blake3:32, true, ",
    "https, https, blake3:32, false, NO_USABLE_HASH",
    "https, https, blake3:32, true, NO_USABLE_HASH",
    "https, https, SHA256:32, false, NO_USABLE_HASH",
    "https, https, sha256:31, false, HASH_LENGTH",
    "https, https, sha256:33, false, HASH_LENGTH",
    "https, https, sha256:0, false, HASH_LENGTH",
    "https, https, sha256:64, false, HASH_LENGTH",
    "https, https, sha512:63, false, HASH_LENGTH",
    "https, https, sha256:32 sha1:19, false, HASH_LENGTH",
    "https, https, sha256:32 sha1:21, true, HASH_LENGTH",
    "http, https, '', false, NO_USABLE_HASH",
    "http, http, '', false, NO_USABLE_HASH",
    "http, http, '', true, NO_USABLE_HASH",
    "http, https, sha256:32, false, ",
    "http, http, sha256:32, false, ",
    "http, http, sha1:20, true, NO_USABLE_HASH",
    "http, https, sha1:20, true, NO_USABLE_HASH",
    "http, http, sha256:32 sha1:20, false, ",
    "http, http, blake3:32, false, NO_USABLE_HASH",
  })
  void hashesMustProveTheContent(
      String origin,
      String target,
      String hashes,
      boolean allowSha1,
      @Nullable RedirectFault fault) {
    ContentLocation location = location(target + "://cdn.example/objects/1", hashes, 1L, null);
    RedirectPolicy policy = RedirectPolicy.builder().allowSha1(allowSha1).build();
    URI from = origin.equals("https") ? SECURE : OPEN;
    assertThat(faultOf(() -> approve(from, policy, location))).isEqualTo(fault);
  }

  @Test
  void twoDifferentHashesByOneAlgorithmAreRefused() {
    ContentLocation location = location(URL, "sha256:32 sha256:32:1", 1L, null);
    assertThat(faultOf(() -> approve(SECURE, RedirectPolicy.VERIFIED, location)))
        .isEqualTo(RedirectFault.HASH);
  }

  @ParameterizedTest
  @CsvSource({
    // algorithm, bytes per hash, segment size, count, content size, used, fault
    "sha256, 32, 10, 10, 100, true, ",
    "sha256, 32, 10, 11, 101, true, ",
    "sha512, 64, 100, 1, 1, true, ",
    "sha256, 32, 9223372036854775807, 1, 1, true, ",
    "sha256, 32, 1, 0, 0, true, ",
    "sha256, 32, 1, 65536, 65536, true, ",
    "sha256, 32, 1, 65537, 65537, false, ",
    "sha256, 32, 10, 10, , false, ",
    "sha1, 20, 10, 10, 100, false, ",
    "blake3, 32, 10, 10, 100, false, ",
    "blake3, 32, 10, 3, 100, false, ",
    "sha256, 32, 10, 10, 101, false, NO_USABLE_HASH",
    "sha256, 32, 10, 11, 100, false, NO_USABLE_HASH",
    "sha256, 32, 10, 0, 1, false, NO_USABLE_HASH",
    "sha256, 31, 10, 10, 100, false, HASH_LENGTH",
    "sha512, 32, 10, 10, 100, false, HASH_LENGTH",
  })
  void segmentHashesAreUsedIfTheyProveTheirSegments(
      String algorithm,
      int hashLength,
      long segmentSize,
      int count,
      @Nullable Long size,
      boolean used,
      @Nullable RedirectFault fault)
      throws RedirectException {
    List<ByteString> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hashes.add(ByteString.copyOf(new byte[hashLength]));
    }
    SegmentHashes segments = new SegmentHashes(ByteString.utf8(algorithm), segmentSize, hashes);
    ContentLocation location = location(URL, "sha256:32", size, segments);
    if (fault != null) {
      assertThat(faultOf(() -> approve(SECURE, RedirectPolicy.VERIFIED, location)))
          .isEqualTo(fault);
    } else {
      assertThat(approve(SECURE, RedirectPolicy.VERIFIED, location).expectation().segments())
          .isEqualTo(used ? segments : null);
    }
  }

  @Test
  void segmentHashesDoNotReplaceAFullHash() {
    SegmentHashes segments =
        new SegmentHashes(ByteString.utf8("sha256"), 10, List.of(ByteString.copyOf(new byte[32])));
    ContentLocation location = location("http://cdn.example/objects/1", "", 10L, segments);
    assertThat(faultOf(() -> approve(OPEN, RedirectPolicy.VERIFIED, location)))
        .isEqualTo(RedirectFault.NO_USABLE_HASH);
  }

  @Test
  void messagesHaveNoControlCharactersOfThePeer() {
    assertThatExceptionOfType(RedirectException.class)
        .isThrownBy(
            () ->
                policy(SECURE, RedirectPolicy.VERIFIED)
                    .approve(SECURE, "https://cdn.example/\u001b[2J\n" + "a".repeat(500)))
        .satisfies(e -> assertThat(requireNonNull(e.getMessage())).hasSizeLessThan(250))
        .satisfies(e -> assertThat(e.getMessage()).matches("\\P{Cntrl}*"));
  }

  private static ApprovedLocation approve(
      URI origin, RedirectPolicy policy, ContentLocation location) throws RedirectException {
    RedirectOffer offer =
        new RedirectOffer(
            List.of(ByteString.utf8("http"), ByteString.utf8("https")),
            List.of(HashAlgorithm.SHA256.wireName()));
    return policy(origin, policy).approve(location, offer);
  }

  private static LocationPolicy policy(URI origin, RedirectPolicy policy) {
    List<RedirectTarget> targets = new ArrayList<>();
    for (String protocol : List.of("http", "https")) {
      targets.add(RedirectTarget.of(protocol, URI.create(protocol + "://cdn.example/objects/")));
    }
    TargetOffers offers =
        new TargetOffers(
            origin,
            new RedirectCapabilities(targets, List.of()),
            policy,
            new TlsCapabilities(true, Set.of("1.3")),
            () -> 0);
    return new LocationPolicy(origin, true, policy, offers);
  }

  private static ContentLocation location(
      String url, String hashes, @Nullable Long size, @Nullable SegmentHashes segments) {
    List<ContentHash> fullHashes = new ArrayList<>();
    for (String hash : hashes.isEmpty() ? new String[0] : hashes.split(" ", -1)) {
      String[] parts = hash.split(":", -1);
      byte[] value = new byte[Integer.parseInt(parts[1])];
      if (parts.length > 2) {
        value[0] = Byte.parseByte(parts[2]);
      }
      fullHashes.add(new ContentHash(ByteString.utf8(parts[0]), ByteString.copyOf(value)));
    }
    return new ContentLocation(
        ByteString.utf8(url),
        ByteString.utf8("application/mercurial-cbor"),
        size == null ? OptionalLong.empty() : OptionalLong.of(size),
        fullHashes,
        ByteString.utf8("seed"),
        List.of(),
        List.of(),
        segments);
  }

  private interface Step {
    void run() throws RedirectException;
  }

  private static @Nullable RedirectFault faultOf(Step step) {
    try {
      step.run();
      return null;
    } catch (RedirectException e) {
      return e.fault();
    }
  }
}
