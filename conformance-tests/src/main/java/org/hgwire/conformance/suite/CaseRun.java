// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hgwire.conformance.cases.ConformanceCase;
import org.hgwire.conformance.cases.Expectation;
import org.hgwire.conformance.cases.Step;
import org.hgwire.conformance.exchange.HttpConnection;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.jspecify.annotations.Nullable;

/** One run of one case. */
final class CaseRun {
  private final PeerDescription peer;
  private final SuiteConfiguration configuration;
  private final ConformanceCase conformanceCase;
  private final CaseTargets targets;
  private final List<ExchangeRecord> exchanges = new ArrayList<>();

  CaseRun(PeerDescription peer, SuiteConfiguration configuration, ConformanceCase conformanceCase) {
    this.peer = peer;
    this.configuration = configuration;
    this.conformanceCase = conformanceCase;
    targets = new CaseTargets(peer.url().getRawPath(), peer.apiPath(), configuration.headers());
  }

  CaseResult run() {
    long begin = System.nanoTime();
    String failure = null;
    for (Step step : conformanceCase.steps()) {
      failure = run(step);
      if (failure != null) {
        break;
      }
    }
    return new CaseResult(
        conformanceCase,
        failure == null ? Verdict.PASS : Verdict.FAIL,
        failure,
        Duration.ofNanos(System.nanoTime() - begin),
        exchanges);
  }

  private @Nullable String run(Step step) {
    SentRequest request = targets.resolve(step.request());
    ServerAnswer answer;
    try (HttpConnection connection = HttpConnection.open(peer.url(), configuration.timeLimit())) {
      HttpResponse response = connection.exchange(request);
      answer = new ServerAnswer(request, response);
    } catch (IOException e) {
      if (step.expectations().isEmpty() && !(e instanceof SocketTimeoutException)) {
        record(step, List.of(), null, List.of());
        return null;
      }
      String failure = "no response: " + (e.getMessage() == null ? e : e.getMessage());
      record(step, List.of(), failure, List.of());
      return failure;
    }
    List<String> mismatches = new ArrayList<>();
    for (Expectation expectation : step.expectations()) {
      String mismatch = expectation.mismatch(answer);
      if (mismatch != null && !mismatches.contains(mismatch)) {
        mismatches.add(mismatch);
      }
    }
    String failure =
        mismatches.isEmpty() ? null : mismatches.stream().collect(Collectors.joining("; "));
    ResponseLines lines = ResponseLines.of(answer);
    record(step, lines.lines(), failure, failure == null ? List.of() : lines.marks());
    return failure;
  }

  private void record(
      Step step, List<String> received, @Nullable String failure, List<Mark> marks) {
    exchanges.add(
        new ExchangeRecord(
            step.lines(),
            received,
            step.expectations().stream().map(Expectation::text).toList(),
            failure,
            marks));
  }
}
