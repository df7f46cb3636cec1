// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.suite.ServerSuite;
import org.hgwire.conformance.suite.SuiteConfiguration;
import org.hgwire.conformance.suite.SuiteListener;

/** Runs the cases of a profile against mutants, and counts which of them fails what. */
final class KilledCases {
  /** Long enough for every case against the server without fault. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

  private final Profile profile;
  private final URI url;
  private final FaultyServer server;
  private final Map<String, ServerSuite> suites = new HashMap<>();
  private final Map<Mutant, Integer> counts = new LinkedHashMap<>();
  private final Set<String> killed = new TreeSet<>();

  KilledCases(Profile profile, URI url, FaultyServer server) {
    this.profile = profile;
    this.url = url;
    this.server = server;
  }

  /** Runs all cases against the server without fault and returns the results. */
  List<ResultCase> withoutFault() throws IOException, InterruptedException {
    server.become(FaultyServer.NONE);
    return suite("*").run(profile, SuiteListener.NONE).cases();
  }

  /** Runs the cases of the layer of each mutant. */
  void run(List<Mutant> mutants) throws IOException, InterruptedException {
    for (Mutant mutant : mutants) {
      server.become(FaultyServer.NONE);
      ServerSuite suite = suite(mutant.cases());
      server.become(mutant.fault());
      Result result = suite.run(profile, SuiteListener.NONE);
      Set<String> failed =
          result.cases().stream()
              .filter(next -> next.result() == Verdict.FAIL)
              .map(ResultCase::id)
              .collect(Collectors.toSet());
      counts.put(mutant, failed.size());
      killed.addAll(failed);
    }
  }

  /** The server is asked what it has while it has no fault, once for each pattern. */
  private ServerSuite suite(String pattern) throws IOException {
    ServerSuite known = suites.get(pattern);
    if (known == null) {
      known = ServerSuite.connect(url, configuration(pattern));
      suites.put(pattern, known);
    }
    return known;
  }

  /** Cases that decompress much are run where something is wrong with that. */
  private static SuiteConfiguration configuration(String pattern) {
    SuiteConfiguration.Builder builder =
        SuiteConfiguration.defaults().toBuilder().filter(pattern).timeLimit(TIME_LIMIT);
    return pattern.equals("encoding/*")
        ? builder.exclude("encoding/*-bomb", "slow").build()
        : builder.build();
  }

  /** Returns the ids of the cases that a mutant failed. */
  Set<String> killed() {
    return killed;
  }

  /** Returns how many cases each mutant failed, in the order in which they ran. */
  Map<Mutant, Integer> counts() {
    return counts;
  }
}
