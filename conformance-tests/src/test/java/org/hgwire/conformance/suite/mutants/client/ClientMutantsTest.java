// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.suite.ClientSuite;
import org.hgwire.conformance.suite.ClientUnderTest;
import org.hgwire.conformance.suite.SuiteConfiguration;
import org.hgwire.conformance.suite.SuiteListener;
import org.hgwire.conformance.suite.mutants.KilledCases;
import org.hgwire.conformance.suite.mutants.MutantTable;
import org.junit.jupiter.api.Test;

/** Every case for clients fails at least one mutant, and none fails a client without fault. */
final class ClientMutantsTest {
  /** Run where it is what is tested: it decompresses much. */
  private static final String BOMB = "client/encoding/bomb";

  private static final String ENDLESS = "client/robustness/*";

  @Test
  void everyCaseFailsAMutant() throws Exception {
    Result sound = run(ClientMutant.ours("*", "nothing", ClientFault.NONE));
    assertThat(notPassed(sound)).isEmpty();

    KilledCases killed = new KilledCases();
    for (ClientMutant mutant : mutants()) {
      Result result = mutant.cases().equals(BOMB) ? run(mutant) : run(mutant, BOMB);
      killed.add(mutant, result, ClientMutantsTest::counts);
    }

    MutantTable table = new MutantTable();
    table.add(Profile.V2_CLIENT, killed);
    table.write();
    killed.assertComplete(sound.cases());
  }

  @Test
  void plainClientFailsNothing() throws Exception {
    assertThat(notPassed(run(ClientMutant.plain("*", "nothing", PlainClone.without())))).isEmpty();
  }

  /** What faults are built on is none: responses that are read before our client gets them. */
  @Test
  void readingResponsesFirstFailsNothing() throws Exception {
    ClientMutant client = ClientMutant.ours("*", "nothing", ClientFault.receives(next -> next));

    assertThat(notPassed(run(client, ENDLESS))).isEmpty();
  }

  @Test
  void plainRedirectFailsNothing() throws Exception {
    ClientMutant client =
        ClientMutant.ours("client/redirect/*", "nothing", PlainRedirect.without());

    assertThat(notPassed(run(client))).isEmpty();
  }

  private static List<ClientMutant> mutants() {
    return Stream.of(
            HandshakeMutants.all(),
            RequestMutants.all(),
            FrameMutants.all(),
            StreamMutants.all(),
            EncodingMutants.all(),
            CborMutants.all(),
            HttpMutants.all(),
            ResponseMutants.all(),
            DataMutants.all(),
            OfferMutants.all(),
            RedirectMutants.all(),
            RobustnessMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  private static Result run(ClientMutant client, String... excluded)
      throws IOException, InterruptedException {
    SuiteConfiguration.Builder configuration =
        SuiteConfiguration.defaults().toBuilder().filter(client.cases()).timeLimit(client.limit());
    for (String pattern : excluded) {
      configuration.exclude(pattern, "slow");
    }
    return ClientSuite.of(ClientUnderTest.ofJava(client.client()), configuration.build())
        .run(Profile.V2_CLIENT, SuiteListener.NONE);
  }

  /**
   * A case about what clients send has to say what was sent: that a client fails is not enough. If
   * the suite failed, nothing was found.
   */
  private static boolean counts(ResultCase failed) {
    if (failed.id().startsWith("client/request/")
        && failed.reason().startsWith("the client ended with")) {
      return false;
    }
    return !failed.reason().startsWith("the suite could not respond");
  }

  private static List<String> notPassed(Result result) {
    return result.cases().stream()
        .filter(next -> next.result() != Verdict.PASS && next.result() != Verdict.EXCLUDED)
        .map(next -> next.id() + ": " + next.reason())
        .toList();
  }
}
