// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import org.hgwire.conformance.report.ResultCase;

/** Is told how a run goes on. Called by one thread at a time. */
@FunctionalInterface
public interface SuiteListener {
  /** Does nothing. */
  SuiteListener NONE = (result, done, all) -> {};

  /**
   * A case has its result.
   *
   * @param result the result
   * @param done how many cases have one
   * @param all how many cases there are
   */
  void caseEnded(ResultCase result, int done, int all);
}
