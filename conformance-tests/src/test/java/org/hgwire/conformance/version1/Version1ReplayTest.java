// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each version of hg asked its own server, sent to our server over the same repository on
 * disk: our responses are theirs, except for what {@link IntendedDifferences} lists. Needs no hg.
 */
final class Version1ReplayTest {
  private final RawClient client = new RawClient();

  @TempDir Path temporary;

  static Stream<Arguments> transcripts() {
    return Recordings.VERSIONS.stream()
        .flatMap(
            version ->
                Scenario.all().stream()
                    .map(scenario -> Arguments.of(version, scenario.name(), scenario)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("transcripts")
  void responsesAreThoseOfHg(String version, String name, Scenario scenario) throws Exception {
    Path directory = Recordings.unpack(version, scenario.repository(), temporary);
    IntendedDifferences differences =
        new IntendedDifferences(
            scenario.repository().equals("empty")
                ? null
                : Recordings.revisions(version, scenario.repository()));
    try (StoreRepository repository = StoreRepository.open(directory);
        HgWireServer server =
            HgWireServer.builder(
                    ServerOptions.builder(RepositoryResolver.atRoot(repository)).build())
                .start()) {
      URI url = URI.create("http://127.0.0.1:" + server.port());
      SoftAssertions all = new SoftAssertions();
      for (Exchange theirs : Recordings.exchanges(version, name)) {
        Exchange ours = client.replay(url, theirs);
        all.check(() -> differences.check(theirs, ours));
      }
      all.assertAll();
    }
  }
}
