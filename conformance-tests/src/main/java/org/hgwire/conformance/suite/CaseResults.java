// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.List;
import org.hgwire.conformance.cases.SuiteCase;
import org.hgwire.conformance.report.ExchangeLines;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;

/** Results of cases. */
final class CaseResults {
  private CaseResults() {}

  /** Returns the result of a case that was run. */
  static ResultCase of(SuiteCase next, String failure, long millis, List<ExchangeLines> exchanges) {
    return of(next, failure.isEmpty() ? Verdict.PASS : Verdict.FAIL, failure, millis, exchanges);
  }

  /** Returns the result of a case that was not run. */
  static ResultCase notRun(SuiteCase next, Verdict verdict, String reason) {
    return of(next, verdict, reason, 0, List.of());
  }

  private static ResultCase of(
      SuiteCase next, Verdict verdict, String reason, long millis, List<ExchangeLines> exchanges) {
    return new ResultCase(
        next.id(),
        next.title(),
        next.level().text(),
        verdict,
        millis,
        next.citation(),
        next.cause(),
        reason,
        exchanges);
  }

  /** Returns the same result with another verdict and reason. */
  static ResultCase judged(ResultCase result, Verdict verdict, String reason) {
    return new ResultCase(
        result.id(),
        result.title(),
        result.level(),
        verdict,
        result.millis(),
        result.citation(),
        result.cause(),
        reason,
        result.exchanges());
  }
}
