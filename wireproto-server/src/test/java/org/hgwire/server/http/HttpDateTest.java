// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  @Test
  void isTheExampleOfTheText() {
    assertThat(HttpDate.of(Instant.parse("1994-11-06T08:49:37.9Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }
}
