// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** International names, in the form in which they are requested. */
final class HostNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "xn--bcher-kva.example",
        "xn--mnchen-3ya.de",
        "xn--fa-hia.de",
        "cdn.xn--bcher-kva.example",
        "xn--fiqs8s",
        "xn--wgbh1c",
        "xn--e1afmkfd.xn--p1ai",
        "xn--i-7iq.ws",
        "xn--80ak6aa92e.com",
        "xnb--a.example",
        "a-xn--b.example"
      })
  void validNameIsAccepted(String name) {
    assertThat(HostName.isName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xn--a",
        "xn--0",
        "xn--a-.example",
        "xn--abc.example",
        "xn--localhost-.example",
        "xn--99999999999.example",
        "xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.example",
        "good.xn--9999.example",
        // U+00C4, which libraries make U+00E4 of before they encode it again.
        "xn--b-5da.example",
        "xn--7ba.example",
        // U+FF41, a full-width a; U+2024, a dot; U+00AD, which is dropped.
        "xn--a1-bz3n.example",
        "xn--pvg.example",
        "xn--ab-5da.example"
      })
  void nameThatLibrariesReadDifferentlyIsRefused(String name) {
    assertThat(HostName.isName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b\u00fccher.example",
        "\u4e2d\u56fd",
        "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444"
      })
  void canonicalNameIsOneThatIsAccepted(String name) {
    assertThat(HostName.canonical(name)).isEqualTo(IDN.toASCII(name));
  }
}
