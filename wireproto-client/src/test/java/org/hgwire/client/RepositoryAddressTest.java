// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RepositoryAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://hg.example/repo, http://hg.example/repo, /repo?cmd=capabilities",
    "http://hg.example/repo/, http://hg.example/repo, /repo/?cmd=capabilities",
    "HTTP://HG.example/repo//, http://hg.example/repo, /repo/?cmd=capabilities",
    "http://hg.example, http://hg.example, /?cmd=capabilities",
    "http://u:p@ss@my_host:8000/a/b, http://my_host:8000/a/b, /a/b?cmd=capabilities",
    "https://bücher.example/ü, https://xn--bcher-kva.example/ü, /ü?cmd=capabilities",
  })
  void isReadAsPeopleWriteIt(URI given, String url, String handshake) {
    RepositoryAddress address = RepositoryAddress.of(given);
    assertThat(address.url()).hasToString(url);
    String target = address.handshake().getRawPath() + "?" + address.handshake().getRawQuery();
    assertThat(target).isEqualTo(handshake);
  }

  @ParameterizedTest
  @CsvSource({
    "ssh://hg.example/repo, must begin with http:// or https://",
    "http:///repo, there is no host",
    "http://hg.example/repo#stable, 'has no branch: leave out #stable'",
    "http://u:p#ss@hg.example/repo, 'it is written %23'",
    "http://hg.example/repo?x=y, 'has no query: leave out ?x=y'",
    "http://hg-.example/repo, '\"hg-.example\" is neither'",
  })
  void whatItMayNotHaveIsNamed(URI given, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryAddress.of(given))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:secret word@hg.example/", "http://u:secret%@hg.example/"})
  void malformedAddressIsRefusedWithoutItsPassword(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Peer.connect(text))
        .withMessageContaining("is not a URL: ")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("secret"))
        .withNoCause();
  }

  @Test
  void passwordMayHaveAtSigns() {
    Credentials found = Credentials.of(URI.create("http://us%40er:p@ss@my_host/"));
    assertThat(found).isEqualTo(new Credentials("us@er", "p@ss"));
  }
}
