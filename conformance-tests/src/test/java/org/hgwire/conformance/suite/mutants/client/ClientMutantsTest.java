// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
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
  @Test
  void everyCaseFailsAMutant() throws Exception {
    Result ours = run(ClientMutant.ours("*", "nothing", ClientFault.NONE));
    Result readFirst = run(ClientMutant.ours("*", "nothing", ClientFault.receives(next -> next)));
    Result plain = run(ClientMutant.plain("*", "nothing", PlainClone.without()));
    assertThat(Stream.of(ours, plain).flatMap(result -> result.cases().stream()))
        .filteredOn(next -> next.result() != Verdict.PASS)
        .extracting(next -> next.id() + ": " + next.reason())
        .isEmpty();

    KilledCases killed = new KilledCases();
    for (ClientMutant mutant : mutants()) {
      killed.add(mutant, run(mutant));
    }

    MutantTable table = new MutantTable();
    table.add(Profile.V2_CLIENT, killed);
    table.write();
    killed.assertComplete(ours.cases());
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
            RobustnessMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  private static Result run(ClientMutant mutant) throws IOException, InterruptedException {
    SuiteConfiguration.Builder configuration =
        SuiteConfiguration.defaults().toBuilder().filter(mutant.cases()).timeLimit(mutant.limit());
    if (mutant.cases().equals("client/encoding/*")) {
      configuration.exclude("client/encoding/bomb", "slow");
    }
    return ClientSuite.of(ClientUnderTest.ofJava(mutant.client()), configuration.build())
        .run(Profile.V2_CLIENT, SuiteListener.NONE);
  }
}
