// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.suite.KnownRepository;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every case of the suite fails at least one mutant. */
final class MutantsTest {
  @TempDir Path temporary;
  private Path known;

  @BeforeEach
  void makeTheKnownRepository() throws IOException {
    Path script =
        Files.writeString(temporary.resolve("known-repository"), KnownRepository.script());
    known = temporary.resolve("known");
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), known.toString());
    builder.environment().put("HG", RealHg.require(HgVersion.V5_6).executable().toString());
    Hg.run(builder, "").orThrow();
  }

  @Test
  void everyCaseOfVersion2FailsAMutant() throws Exception {
    assertThatEveryCaseIsKilled(
        Profile.V2_SERVER,
        Stream.of(
                FrameMutants.all(),
                RequestMutants.all(),
                CborMutants.all(),
                EncodingMutants.all(),
                ReactorMutants.all(),
                HttpMutants.all(),
                CommandMutants.all())
            .flatMap(List::stream).toList());
  }

  private void assertThatEveryCaseIsKilled(Profile profile, List<Mutant> mutants)
      throws Exception {
    try (StoreRepository repository = StoreRepository.open(known)) {
      FaultyServer faulty =
          new FaultyServer(
              new HttpEndpoint(
                  ServerOptions.builder(RepositoryResolver.atRoot(repository)).build()));
      try (HgWireServer server =
          HgWireServer.builder(faulty).grace(Duration.ofSeconds(1)).timeouts(Timeouts.defaults().withFirstFrame(Duration.ofSeconds(1)).withIdle(Duration.ofSeconds(1))).start()) {
        URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
        KilledCases killed = new KilledCases(profile, url, faulty);
        List<ResultCase> sound = killed.withoutFault();
        assertThat(sound).filteredOn(next -> next.result() == Verdict.FAIL).isEmpty();

        killed.run(mutants);

        assertThat(killed.counts()).as("cases killed by each mutant").doesNotContainValue(0);
        assertThat(sound)
            .filteredOn(next -> next.result() == Verdict.PASS)
            .extracting(ResultCase::id)
            .filteredOn(id -> !killed.killed().contains(id))
            .as("cases that no mutant fails")
            .isEmpty();
      }
    }
  }
}
