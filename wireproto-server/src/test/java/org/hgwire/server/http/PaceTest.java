// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(Duration.ofSeconds(30), 1000, Duration.ofSeconds(20), 0);

  private static long at(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void pauseIsAllowedUpToTheMaximum() {
    pace.begin(at(0));
    pace.moved(1_000_000, at(1));
    assertThat(pace.allowance(at(20))).isEqualTo(at(11));
    assertThat(pace.allowance(at(31))).isNotPositive();
  }

  @Test
  void rateIsMeasuredOverEachWindowOfWaiting() {
    pace.begin(at(0));
    pace.moved(20_000, at(19));
    assertThat(pace.allowance(at(20))).isPositive();
    pace.moved(19_999, at(39));
    assertThat(pace.allowance(at(40))).isZero();
  }

  @Test
  void timeWithoutWaitingDoesNotCount() {
    pace.begin(at(0));
    pace.end(at(1));
    pace.begin(at(1000));
    assertThat(pace.allowance(at(1000))).isEqualTo(at(19));
    assertThat(pace.waited()).isEqualTo(at(1));
  }

  @Test
  void bytesThatMayBeUnreportedCount() {
    Pace coarse = new Pace(Duration.ofSeconds(60), 1000, Duration.ofSeconds(20), 8192);
    coarse.begin(at(0));
    coarse.moved(20_000 - 8192, at(10));
    assertThat(coarse.allowance(at(20))).isPositive();
  }
}
