// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.time.Duration;
import java.util.List;
import org.hgwire.conformance.cases.ConformanceCase;
import org.jspecify.annotations.Nullable;

/**
 * The result of one case.
 *
 * @param conformanceCase the case
 * @param verdict how it ended
 * @param reason why it failed or was not run, or null
 * @param time how long it took
 * @param exchanges what was sent and received; empty if it was not run
 */
public record CaseResult(
    ConformanceCase conformanceCase,
    Verdict verdict,
    @Nullable String reason,
    Duration time,
    List<ExchangeRecord> exchanges) {
  /** Copies the list. */
  public CaseResult {
    exchanges = List.copyOf(exchanges);
  }

  /** Returns the result of a case that was not run. */
  static CaseResult notRun(ConformanceCase conformanceCase, Verdict verdict, String reason) {
    return new CaseResult(conformanceCase, verdict, reason, Duration.ZERO, List.of());
  }

  /** Returns the same result with another verdict and reason. */
  CaseResult judged(Verdict other, @Nullable String why) {
    return new CaseResult(conformanceCase, other, why, time, exchanges);
  }
}
