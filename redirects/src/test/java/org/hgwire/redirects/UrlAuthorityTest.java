// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UrlAuthorityTest {
  @ParameterizedTest
  @CsvSource({
    "http://hg.example/, , hg.example, -1",
    "http://my_host/repo, , my_host, -1",
    "http://My_App_1:8000/repo, , my_app_1, 8000",
    "http://_x_.y_:/repo, , _x_.y_, -1",
    "http://bücher.example:81/, , xn--bcher-kva.example, 81",
    "http://BÜCHER.example, , xn--bcher-kva.example, -1",
    "http://u:p@my_host/, u:p, my_host, -1",
    "http://user:p@ss@hg.example/, user:p@ss, hg.example, -1",
    "http://user:p@ss:w@rd@my_host:81/, user:p@ss:w@rd, my_host, 81",
    "http://a:b@127.0.0.1:81/, a:b, 127.0.0.1, 81",
    "http://a:b@c@127.0.0.1:81/, a:b@c, 127.0.0.1, 81",
    "http://u@[2001:DB8::1]:81/, u, [2001:db8::1], 81",
  })
  void isSplitAtTheLastAtSign(URI url, @Nullable String userInfo, String host, int port) {
    assertThat(UrlAuthority.of(url)).isEqualTo(new UrlAuthority(userInfo, host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "http:/repo, no host",
    "file:///x, no host",
    "http://-hg.example/, '\"-hg.example\" is neither an address nor a name'",
    "http://hg;.example/, '\"hg;.example\" is neither'",
    "http://hg.example:x/, 'the port \"x\" is not a number'",
    "http://my_host:99999/, no port 99999",
    "http://hg.example:99999/, no port 99999",
    "http://hg.example:0/, no port 0",
    "http://127.1/, '\"127.1\" is a number'",
    "http://1::2/, in brackets",
    "http://user:secret@x;y/, '\"x;y\"'",
  })
  void whatIsWrongIsNamedWithoutThePassword(URI url, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UrlAuthority.of(url))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    assertThat(UrlAuthority.isWithoutUserInfo(url)).isFalse();
  }
}
