// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hgwire.conformance.cases.ConformanceCase;
import org.hgwire.conformance.cases.Expectation;
import org.hgwire.conformance.cases.Step;
import org.hgwire.conformance.exchange.FaultPlace;
import org.hgwire.conformance.exchange.HttpConnection;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.conformance.report.ExchangeLines;
import org.hgwire.conformance.report.Mark;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.jspecify.annotations.Nullable;

/** One run of one case for servers. */
final class CaseRun {
  private final PeerDescription peer;
  private final SuiteConfiguration configuration;
  private final ConformanceCase conformanceCase;
  private final CaseTargets targets;
  private final List<ExchangeLines> exchanges = new ArrayList<>();
  private boolean inline;

  CaseRun(PeerDescription peer, SuiteConfiguration configuration, ConformanceCase conformanceCase) {
    this.peer = peer;
    this.configuration = configuration;
    this.conformanceCase = conformanceCase;
    targets = new CaseTargets(peer.url().getRawPath(), peer.apiPath(), configuration.headers());
  }

  ResultCase run() {
    long begin = System.nanoTime();
    String failure = null;
    for (Step step : conformanceCase.steps()) {
      failure = run(step);
      if (failure != null) {
        break;
      }
    }
    if (inline) {
      return CaseResults.notRun(
          conformanceCase, Verdict.SKIP, "the peer responded inline, which it may");
    }
    return CaseResults.of(
        conformanceCase,
        Objects.requireNonNullElse(failure, ""),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        exchanges);
  }

  private @Nullable String run(Step step) {
    SentRequest request = targets.resolve(step.request());
    ServerAnswer answer;
    try (HttpConnection connection = HttpConnection.open(peer.url(), configuration.timeLimit())) {
      HttpResponse response = connection.exchange(request);
      answer = new ServerAnswer(request, response, configuration.timeLimit());
    } catch (IOException e) {
      String failure = "no response: " + (e.getMessage() == null ? e : e.getMessage());
      record(step, List.of(), failure, List.of());
      return failure;
    }
    inline |= step.expectations().stream().anyMatch(next -> next.isLeftToThePeer(answer));
    List<String> mismatches = new ArrayList<>();
    List<FaultPlace> places = new ArrayList<>();
    for (Expectation expectation : step.expectations()) {
      String mismatch = expectation.mismatch(answer);
      if (mismatch != null && !mismatches.contains(mismatch)) {
        mismatches.add(mismatch);
        places.addAll(expectation.places(answer));
      }
    }
    String failure =
        mismatches.isEmpty() ? null : mismatches.stream().collect(Collectors.joining("; "));
    ResponseLines lines = ResponseLines.of(answer, places);
    record(step, lines.lines(), failure, failure == null ? List.of() : lines.marks());
    return failure;
  }

  private void record(
      Step step, List<String> received, @Nullable String failure, List<Mark> marks) {
    exchanges.add(
        new ExchangeLines(
            step.lines(),
            received,
            step.expectations().stream().map(Expectation::text).collect(Collectors.joining("\n")),
            Objects.requireNonNullElse(failure, ""),
            marks));
  }
}
