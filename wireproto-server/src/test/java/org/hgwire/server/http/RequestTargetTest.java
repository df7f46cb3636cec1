// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
  @Test
  void segmentsAreDecodedAndEmptyOnesSkipped() {
    assertThat(RequestTarget.parse("//a%20b/%C3%A4/?cmd=heads"))
        .isEqualTo(new RequestTarget(List.of("a b", "ä"), "cmd=heads"));
  }

  @Test
  void absoluteTargetIsReadFromItsPath() {
    assertThat(RequestTarget.parse("http://host:80/a/b").segments()).containsExactly("a", "b");
    assertThat(RequestTarget.parse("http://host").segments()).isEmpty();
  }

  @Test
  void parametersAreFoundByWholeName() {
    RequestTarget target = RequestTarget.parse("/?xcmd=1&cmd=a%2Bb+c&cmd=2");
    assertThat(target.parameter("cmd")).isEqualTo("a+b c");
    assertThat(target.parameter("md")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a/b",
        "/a%",
        "/a%2",
        "/a%g0",
        "/%ff",
        "/%00",
        "/a%2fb",
        "/a%5cb",
        "/a\\b",
        "/.",
        "/a/../b",
        "/%2e%2e/b",
        "/ä",
        "/a b",
        "/a\nb"
      })
  void malformedTargetsAreRefused(String target) {
    assertThatIllegalArgumentException().isThrownBy(() -> RequestTarget.parse(target));
  }
}
