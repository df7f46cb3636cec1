// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.hgwire.conformance.cases.SuiteCase;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.jspecify.annotations.Nullable;

/** Runs cases as a configuration says, and judges them by what it expects. */
final class SuiteRunner {
  private final SuiteConfiguration configuration;

  SuiteRunner(SuiteConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * Runs cases, several at a time.
   *
   * @param run runs one, once
   * @throws InterruptedException if the thread is interrupted; cases that run are left
   */
  <T extends SuiteCase> List<ResultCase> run(
      List<T> cases, Function<T, ResultCase> run, SuiteListener listener)
      throws InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(configuration.parallel(), SuiteRunner::daemon);
    try {
      List<Future<ResultCase>> running = new ArrayList<>();
      for (T next : cases) {
        running.add(workers.submit(() -> result(next, run)));
      }
      List<ResultCase> results = new ArrayList<>();
      for (Future<ResultCase> next : running) {
        results.add(next.get());
        listener.caseEnded(results.get(results.size() - 1), results.size(), cases.size());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException broken) {
        throw new UncheckedIOException(broken.getMessage(), broken.getCause());
      }
      throw new IllegalStateException("a case ended with " + e.getCause(), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "conformance-case");
    thread.setDaemon(true);
    return thread;
  }

  private <T extends SuiteCase> ResultCase result(T next, Function<T, ResultCase> run) {
    String excluded = exclusion(next);
    if (excluded != null) {
      return CaseResults.notRun(next, Verdict.EXCLUDED, excluded);
    }
    ResultCase result = run.apply(next);
    for (int i = 1; i < configuration.repeat() && result.result() == Verdict.PASS; i++) {
      result = run.apply(next);
    }
    String expected = CasePatterns.reason(configuration.expectedFailures(), next.id());
    if (expected == null || result.result() == Verdict.SKIP) {
      return result;
    }
    return result.result() == Verdict.PASS
        ? CaseResults.judged(
            result, Verdict.UNEXPECTED_PASS, "it passed, but was expected to fail: " + expected)
        : CaseResults.judged(result, Verdict.EXPECTED_FAILURE, expected);
  }

  private @Nullable String exclusion(SuiteCase next) {
    String excluded = CasePatterns.reason(configuration.exclusions(), next.id());
    if (excluded != null) {
      return excluded;
    }
    if (!configuration.levels().contains(next.level())) {
      return "the level " + next.level().text() + " is not run";
    }
    return CasePatterns.matches(configuration.filter(), next.id())
        ? null
        : "the filter " + configuration.filter() + " leaves it out";
  }
}
