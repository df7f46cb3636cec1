// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestAttributeTest {
  private static final String SHA1 = "ab".repeat(20);
  private static final String SHA256 = "cd".repeat(32);
  private static final String SHA512 = "ef".repeat(64);
  private static final URI HTTPS = URI.create("https://origin.example/");
  private static final URI HTTP = URI.create("http://origin.example/");

  private static RedirectFault fault(String digest, boolean allowSha1) {
    try {
      DigestAttribute.parse(digest).require(allowSha1);
    } catch (RedirectException e) {
      return e.fault();
    }
    throw new AssertionError("it was taken");
  }

  @Test
  void hashesOfKnownAlgorithmsAreReadInEitherCase() throws RedirectException {
    DigestAttribute digest =
        DigestAttribute.parse(
            "sha512:" + SHA512.toUpperCase(Locale.ROOT) + ",sha256:" + SHA256 + ",b3:00");

    assertThat(digest.hashes())
        .containsOnly(
            entry(HashAlgorithm.SHA512, ByteString.fromHex(SHA512)),
            entry(HashAlgorithm.SHA256, ByteString.fromHex(SHA256)));
    assertThat(digest.unknown()).containsExactly("b3");
    assertThat(digest.require(false)).isEqualTo(digest.hashes());
    assertThat(digest).hasToString("sha256:" + SHA256 + ",sha512:" + SHA512);
  }

  @Test
  void sha1AloneFailsUnlessAllowedAndUnknownAlgorithmsFail() throws RedirectException {
    assertThat(fault("sha1:" + SHA1, false)).isEqualTo(RedirectFault.NO_USABLE_HASH);
    assertThat(DigestAttribute.parse("sha1:" + SHA1).require(true)).hasSize(1);
    assertThat(fault("md5:00,blake3:11", true)).isEqualTo(RedirectFault.NO_USABLE_HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:",
        "sha256:ab",
        "sha256:zz",
        "sha256",
        "",
        ":",
        ":00",
        "sha256:00,",
        "sha256=00"
      })
  void hashOfTheWrongLengthOrMissingFails(String digest) {
    assertThat(fault(digest, true)).isEqualTo(RedirectFault.HASH_LENGTH);
  }

  @Test
  void oneWrongHashFailsThoughAnotherIsRight() {
    assertThat(fault("sha256:" + SHA256 + ",sha1:00", false)).isEqualTo(RedirectFault.HASH_LENGTH);
    assertThat(fault("sha512:" + SHA512 + "0,sha256:" + SHA256, false))
        .isEqualTo(RedirectFault.HASH_LENGTH);
  }

  @Test
  void twoDifferentHashesOfOneAlgorithmFail() {
    assertThat(fault("sha256:" + SHA256 + ",sha256:" + "00".repeat(32), false))
        .isEqualTo(RedirectFault.HASH_LENGTH);
  }

  @ParameterizedTest
  @CsvSource({
    "http://origin.example/, https://h/a",
    "https://origin.example/, http://h/a",
    "http://origin.example/, http://h/a"
  })
  void overHttpADigestIsRequired(URI origin, String url) throws RedirectException {
    assertThatThrownBy(
            () -> CloneBundleEntry.of(url, Map.of()).expectation(origin, policyWithSha1(10)))
        .isInstanceOfSatisfying(
            RedirectException.class,
            e -> assertThat(e.fault()).isEqualTo(RedirectFault.NO_USABLE_HASH));
    CloneBundleEntry with = CloneBundleEntry.of(url, Map.of("DIGEST", "sha256:" + SHA256));
    assertThat(with.expectation(origin, policy(10)).hashes()).hasSize(1);
  }

  @Test
  void overHttpsADigestIsOptionalButChecked() throws RedirectException {
    assertThat(CloneBundleEntry.of("https://h/a", Map.of()).expectation(HTTPS, policy(10)).hashes())
        .isEmpty();
    assertThatThrownBy(
            () ->
                CloneBundleEntry.of("https://h/a", Map.of("DIGEST", "sha1:" + SHA1))
                    .expectation(HTTPS, policy(10)))
        .isInstanceOf(RedirectException.class);
  }

  @Test
  void expectationHasTheHashesAndTheBoundOfThePolicy() throws RedirectException {
    ContentExpectation expectation =
        CloneBundleEntry.of("http://h/a", Map.of("DIGEST", "sha512:" + SHA512))
            .expectation(HTTP, policy(1234));

    assertThat(expectation.size()).isEmpty();
    assertThat(expectation.maxBytes()).isEqualTo(1234);
    assertThat(expectation.seed()).isEqualTo(ByteString.empty());
    assertThat(expectation.segments()).isNull();
    assertThat(expectation.hashes())
        .containsOnly(entry(HashAlgorithm.SHA512, ByteString.fromHex(SHA512)));
  }

  private static RedirectPolicy policy(long maxBytes) {
    return RedirectPolicy.builder().maxBytes(maxBytes).build();
  }

  private static RedirectPolicy policyWithSha1(long maxBytes) {
    return RedirectPolicy.builder().maxBytes(maxBytes).allowSha1(true).build();
  }
}
