// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpRedirectsTest {
  @ParameterizedTest
  @CsvSource({
    "HG.Example, hg.example",
    "my_host, my_host",
    "bücher.example, xn--bcher-kva.example",
    "10.0.0.1, 10.0.0.1",
    "[2001:DB8::1], [2001:db8::1]"
  })
  void otherHostsAreNamedInAnyForm(String text, String host) {
    HttpRedirects redirects = HttpRedirects.SAME_HOST.to(text);
    assertThat(redirects.allows("hg.test", host)).isTrue();
    assertThat(redirects.allows("hg.test", "hg.test")).isTrue();
    assertThat(redirects.allows("hg.test", "other.test")).isFalse();
    assertThat(redirects.withMax(2)).isEqualTo(new HttpRedirects(2, redirects.hosts()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "h:80", "u@h", "h/x", "http://h", "-h", "127.1", "*", "h?x"})
  void anythingElseIsNoHost(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HttpRedirects.SAME_HOST.to(text));
  }

  @Test
  void boundIsFive() {
    assertThat(HttpRedirects.SAME_HOST.max()).isEqualTo(5);
    assertThat(HttpRedirects.OFF.max()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> HttpRedirects.OFF.withMax(6));
    assertThatIllegalArgumentException().isThrownBy(() -> HttpRedirects.OFF.withMax(-1));
  }
}
