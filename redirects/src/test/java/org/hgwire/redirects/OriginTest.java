// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginTest {
  @ParameterizedTest
  @CsvSource({
    "https://cdn.example/hg, https, cdn.example, 443, https://cdn.example",
    "HTTPS://CDN.example:443, https, cdn.example, 443, https://cdn.example",
    "http://cdn.example:80/, http, cdn.example, 80, http://cdn.example",
    "http://cdn.example:443/, http, cdn.example, 443, http://cdn.example:443",
    "https://[2001:DB8::1]:8443/x?y, https, [2001:db8::1], 8443, https://[2001:db8::1]:8443",
  })
  void isReadFromAUrl(URI url, String scheme, String host, int port, String text) {
    Origin origin = Origin.of(url);
    assertThat(origin).isEqualTo(new Origin(scheme, host, port)).hasToString(text);
    assertThat(origin.isSecure()).isEqualTo(scheme.equals("https"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///x", "ftp://h/", "/x", "https:///x", "mailto:a@b.example"})
  void refusesOtherUrls(URI url) {
    assertThatIllegalArgumentException().isThrownBy(() -> Origin.of(url));
  }
}
