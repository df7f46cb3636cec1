// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.suite.ServerSuite;
import org.hgwire.conformance.suite.SuiteConfiguration;
import org.hgwire.conformance.suite.SuiteListener;

/** Runs the cases of a profile against one mutant of the server after the other. */
final class MutatedServer {
  /** Long enough for every case against the server without fault. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

  private static final int ATTEMPTS = 8;

  private final Profile profile;
  private final URI url;
  private final FaultyServer server;
  private final Map<String, ServerSuite> suites = new HashMap<>();

  MutatedServer(Profile profile, URI url, FaultyServer server) {
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
  KilledCases run(List<Mutant> mutants) throws IOException, InterruptedException {
    KilledCases killed = new KilledCases();
    for (Mutant mutant : mutants) {
      server.become(FaultyServer.NONE);
      ServerSuite suite = suite(mutant.cases());
      server.become(mutant.fault());
      killed.add(mutant, suite.run(profile, SuiteListener.NONE));
    }
    return killed;
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

  /**
   * Cases that decompress much are run where something is wrong with that. A server may not have
   * begun a request before it is cut: those are run until one was.
   */
  private static SuiteConfiguration configuration(String pattern) {
    SuiteConfiguration.Builder builder =
        SuiteConfiguration.defaults().toBuilder().filter(pattern).timeLimit(TIME_LIMIT);
    if (pattern.equals(RobustnessMutants.CUT)) {
      builder.repeat(ATTEMPTS);
    }
    return pattern.equals("encoding/*")
        ? builder.exclude("encoding/*-bomb", "slow").build()
        : builder.build();
  }
}
