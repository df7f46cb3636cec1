// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.List;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;

final class RedirectTargetTest {
  private static final URI CDN = URI.create("https://cdn.example/hg/");

  private static ByteString utf8(String text) {
    return ByteString.utf8(text);
  }

  @Test
  void protocolIsTheSchemeOfTheUri() {
    assertThat(RedirectTarget.of("cdn", URI.create("HTTPS://cdn.example/hg/")))
        .isEqualTo(
            new RedirectTarget(
                utf8("cdn"),
                utf8("https"),
                List.of(utf8("HTTPS://cdn.example/hg/")),
                false,
                List.of()));
  }

  @Test
  void withersReplaceOneFieldEach() {
    URI other = URI.create("https://cdn.example.net/");
    assertThat(
            RedirectTarget.of("cdn", CDN)
                .withUris(List.of(other, CDN))
                .withSniRequired(true)
                .withTlsVersions(List.of("1.2", "1.3")))
        .isEqualTo(
            new RedirectTarget(
                utf8("cdn"),
                utf8("https"),
                List.of(utf8("https://cdn.example.net/"), utf8("https://cdn.example/hg/")),
                true,
                List.of(utf8("1.2"), utf8("1.3"))));
  }

  @Test
  void baseUriIsTheFirst() {
    assertThat(RedirectTarget.of("cdn", CDN).baseUri()).isEqualTo(CDN);
  }

  @Test
  void targetFromAPeerMayHaveNoBaseUri() {
    RedirectTarget none = new RedirectTarget(utf8("a"), utf8("http"), List.of(), false, List.of());
    assertThatIllegalStateException().isThrownBy(none::baseUri).withMessageContaining("no URI");
    RedirectTarget malformed =
        new RedirectTarget(utf8("a"), utf8("http"), List.of(utf8("http://[")), false, List.of());
    assertThatIllegalStateException()
        .isThrownBy(malformed::baseUri)
        .withMessageContaining("malformed");
  }

  @Test
  void refusesRelativeAndForeignUris() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedirectTarget.of("cdn", URI.create("/hg/")));
    RedirectTarget target = RedirectTarget.of("cdn", CDN);
    assertThatIllegalArgumentException().isThrownBy(() -> target.withUris(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target.withUris(List.of(CDN, URI.create("http://cdn.example/"))));
  }
}
