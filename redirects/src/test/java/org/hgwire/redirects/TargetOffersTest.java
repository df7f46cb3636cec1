// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetOffersTest {
  private static final URI SECURE = URI.create("https://hg.example/repo");
  private static final URI OPEN = URI.create("http://hg.example/repo");
  private static final TlsCapabilities TLS = new TlsCapabilities(true, Set.of("1.2", "1.3"));

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void targetsAreOfferedInTheServersOrder() {
    TargetOffers offers = offers(SECURE, target("z"), target("a"), target("m"));
    assertThat(names(offers.offer())).containsExactly("z", "a", "m");
  }

  @Test
  void offersNothingIfRedirectsAreOff() {
    RedirectCapabilities advertised = advertised(List.of("sha256"), target("a"));
    assertThat(new TargetOffers(SECURE, advertised, RedirectPolicy.OFF, TLS, now::get).offer())
        .isNull();
    assertThat(new TargetOffers(SECURE, null, RedirectPolicy.VERIFIED, TLS, now::get).offer())
        .isNull();
    assertThat(offers(SECURE).offer()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https, https://cdn.example/, https://hg.example/, true",
    "https, https://cdn.example/, http://hg.example/, true",
    "http, http://cdn.example/, http://hg.example/, true",
    "http, http://cdn.example/, https://hg.example/, false",
    "http, http://cdn.example/, HTTPS://hg.example/, false",
    "ssh, ssh://cdn.example/, https://hg.example/, false",
    "ipfs, https://cdn.example/, https://hg.example/, false",
    "https, http://cdn.example/, http://hg.example/, false",
    "http, https://cdn.example/, http://hg.example/, false",
    "https, ftp://cdn.example/, https://hg.example/, false",
    "https, not a URL, https://hg.example/, false",
    "https, https://u@cdn.example/, https://hg.example/, false",
  })
  void offersOnlyTargetsThatTheOriginMayRedirectTo(
      String protocol, String uri, URI origin, boolean offered) {
    TargetOffers offers = offers(origin, target("cdn", protocol, List.of(uri), false, List.of()));
    assertThat(offers.offer() != null).isEqualTo(offered);
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1.2 1.3, false, '', true",
    "true, 1.2 1.3, true, '', true",
    "false, 1.2 1.3, false, '', true",
    "false, 1.2 1.3, true, '', false",
    "true, 1.2 1.3, false, 1.3, true",
    "true, 1.2 1.3, false, 1.1 1.2, true",
    "true, 1.2 1.3, false, 1.0 1.1, false",
    "true, 1.2, false, 1.3, false",
    "true, '', false, 1.3, false",
    "true, '', false, '', true",
  })
  void offersOnlyTargetsThatTheClientsTlsSupports(
      boolean sni, String speaks, boolean sniRequired, String asked, boolean offered) {
    RedirectTarget target =
        target("cdn", "https", List.of("https://cdn.example/"), sniRequired, words(asked));
    TargetOffers offers =
        new TargetOffers(
            SECURE,
            advertised(List.of("sha256"), target),
            RedirectPolicy.VERIFIED,
            new TlsCapabilities(sni, Set.copyOf(words(speaks))),
            now::get);
    assertThat(offers.offer() != null).isEqualTo(offered);
  }

  @ParameterizedTest
  @CsvSource({
    "sha1 sha512 sha256, false, sha256 sha512",
    "sha1 sha512 sha256, true, sha256 sha512 sha1",
    "sha512, false, sha512",
    "sha256 blake3, true, sha256",
    "'', false, sha256 sha512",
    "'', true, sha256 sha512 sha1",
    "sha1, true, sha1",
  })
  void hashesThatBothKnowAreOfferedThePreferredFirst(
      String advertised, boolean allowSha1, String offered) {
    RedirectOffer offer = withHashes(advertised, allowSha1).offer();
    assertThat(requireNonNull(offer).hashes())
        .extracting(ByteString::utf8)
        .containsExactlyElementsOf(words(offered));
  }

  @ParameterizedTest
  @CsvSource({"sha1, false", "blake3, true", "md5 blake3, false"})
  void nothingIsOfferedToAServerWithoutAcceptedHashes(String advertised, boolean allowSha1) {
    assertThat(withHashes(advertised, allowSha1).offer()).isNull();
  }

  @Test
  void failedTargetIsNotOfferedForFiveMinutes() {
    TargetOffers offers = offers(SECURE, target("a"), target("b"));
    offers.failed(ByteString.utf8("a"));
    assertThat(names(offers.offer())).containsExactly("b");
    // The clock wraps in between.
    now.addAndGet(TargetOffers.RETRY_DELAY.toNanos() - 1);
    assertThat(now.get()).isNegative();
    assertThat(names(offers.offer())).containsExactly("b");
    now.incrementAndGet();
    assertThat(names(offers.offer())).containsExactly("a", "b");
  }

  @Test
  void nothingIsOfferedAfterAllFailedAndNewFailuresProlongThat() {
    TargetOffers offers = offers(SECURE, target("a"));
    offers.failed(ByteString.utf8("a"));
    offers.failed(ByteString.utf8("unknown"));
    assertThat(offers.offer()).isNull();
    now.addAndGet(TargetOffers.RETRY_DELAY.toNanos() - 1);
    offers.failed(ByteString.utf8("a"));
    now.addAndGet(TargetOffers.RETRY_DELAY.toNanos() - 1);
    assertThat(offers.offer()).isNull();
  }

  @Test
  void aCommandIsSentAgainWithoutTheTargetsThatFailedIt() {
    TargetOffers offers = offers(SECURE, target("a"), target("b"), target("c"));
    offers.failed(ByteString.utf8("c"));
    assertThat(names(offers.offerWithout(Set.of(ByteString.utf8("a"))))).containsExactly("b");
    assertThat(offers.offerWithout(Set.of(ByteString.utf8("a"), ByteString.utf8("b")))).isNull();
    assertThat(names(offers.offer())).containsExactly("a", "b");
  }

  @Test
  void firstOfTargetsWithOneNameCounts() {
    TargetOffers offers =
        offers(
            SECURE,
            target("a", "https", List.of("https://one.example/"), false, List.of()),
            target("a", "https", List.of("https://two.example/"), false, List.of()));
    RedirectOffer offer = requireNonNull(offers.offer());
    assertThat(names(offer)).containsExactly("a");
    assertThat(offers.targetOf(URI.create("https://one.example/x"), offer)).isNotNull();
    assertThat(offers.targetOf(URI.create("https://two.example/x"), offer)).isNull();
  }

  @Test
  void atMostSixtyFourTargetsAreOffered() {
    List<RedirectTarget> many = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      many.add(target("t" + i));
    }
    TargetOffers offers = offers(SECURE, many.toArray(RedirectTarget[]::new));
    assertThat(names(offers.offer())).hasSize(64).doesNotContain("t64");
  }

  @ParameterizedTest
  @CsvSource({
    "https://cdn.example/a, https://cdn.example/a, true",
    "https://cdn.example/a, https://cdn.example/a/, true",
    "https://cdn.example/a, https://cdn.example/a/b?c=d, true",
    "https://cdn.example/a, https://cdn.example/a?b, true",
    "https://cdn.example/a, https://cdn.example/ab, false",
    "https://cdn.example/a, https://cdn.example/A/b, false",
    "https://cdn.example/a/, https://cdn.example/a/b, true",
    "https://cdn.example/a/, https://cdn.example/a, false",
    "https://cdn.example/a/, https://cdn.example//a/b, false",
    "https://cdn.example/a/, https://cdn.example/a/../b, false",
    "https://cdn.example/a/, https://cdn.example/a/%2e%2e/b, false",
    "https://cdn.example/a/, https://cdn.example/a/%2E./b, false",
    "https://cdn.example/a/, https://cdn.example/a/..%2fb, false",
    "https://cdn.example/a/, https://cdn.example/a/..%5cb, false",
    "https://cdn.example/a/, https://cdn.example/a/..;x/b, false",
    "https://cdn.example/a/, https://cdn.example/a%2fb, false",
    "https://cdn.example/a/, https://cdn.example/a/..b/...c, true",
    "https://cdn.example, https://cdn.example/a, true",
    "https://cdn.example, https://cdn.example, true",
    "https://cdn.example, https://CDN.Example:443/a, true",
    "https://CDN.example:443/, https://cdn.example/a, true",
    "https://cdn.example:8443/, https://cdn.example/a, false",
    "https://cdn.example/, https://cdn.example:80/a, false",
    "https://cdn.example/, http://cdn.example/a, false",
    "https://cdn.example/, https://cdn.example.evil/a, false",
    "https://cdn.example/, https://evil.cdn.example/a, false",
    "https://cdn.example/, https://cdn.example@evil/a, false",
    "https://cdn.example/?x, https://cdn.example/a, true",
    "https://[2606:4700::1]/, https://[2606:4700::1]/a, true",
  })
  void urlBelongsToTheTargetWithItsOriginAndPath(String uri, String url, boolean belongs) {
    TargetOffers offers = offers(SECURE, target("cdn", "https", List.of(uri), false, List.of()));
    RedirectOffer offer = requireNonNull(offers.offer());
    assertThat(offers.targetOf(URI.create(url), offer) != null).isEqualTo(belongs);
  }

  @Test
  void urlOfATargetOutsideTheOfferBelongsToNone() {
    RedirectTarget a = target("a", "https", List.of("https://a.example/"), false, List.of());
    RedirectTarget b = target("b", "https", List.of("https://b.example/"), false, List.of());
    TargetOffers offers = offers(SECURE, a, b);
    RedirectOffer onlyA = requireNonNull(offers.offerWithout(Set.of(b.name())));
    assertThat(offers.targetOf(URI.create("https://a.example/x"), onlyA)).isEqualTo(a);
    assertThat(offers.targetOf(URI.create("https://b.example/x"), onlyA)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "1.3"})
  void platformSupportsCurrentTls(String version) {
    TlsCapabilities ability = TlsCapabilities.ofPlatform();
    assertThat(ability.versions()).contains(version);
    assertThat(ability.serverNames()).isTrue();
  }

  private TargetOffers offers(URI origin, RedirectTarget... targets) {
    return new TargetOffers(
        origin, advertised(List.of("sha256"), targets), RedirectPolicy.VERIFIED, TLS, now::get);
  }

  private TargetOffers withHashes(String advertised, boolean allowSha1) {
    return new TargetOffers(
        OPEN,
        advertised(words(advertised), target("a")),
        RedirectPolicy.builder().allowSha1(allowSha1).build(),
        TLS,
        now::get);
  }

  private static RedirectCapabilities advertised(List<String> hashes, RedirectTarget... targets) {
    return new RedirectCapabilities(
        List.of(targets), hashes.stream().map(ByteString::utf8).toList());
  }

  private static RedirectTarget target(String name) {
    return target(name, "https", List.of("https://" + name + ".example/"), false, List.of());
  }

  private static RedirectTarget target(
      String name, String protocol, List<String> uris, boolean sni, List<String> versions) {
    return new RedirectTarget(
        ByteString.utf8(name),
        ByteString.utf8(protocol),
        uris.stream().map(ByteString::utf8).toList(),
        sni,
        versions.stream().map(ByteString::utf8).toList());
  }

  private static List<String> names(@Nullable RedirectOffer offer) {
    return requireNonNull(offer).targets().stream().map(ByteString::utf8).toList();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }
}
