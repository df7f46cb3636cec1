// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real hg clones and pulls, over version 2, repositories on disk that each version made. */
final class HgClonesFromDiskTest {
  @TempDir Path temporary;
  private Hg client;

  @BeforeEach
  void findMercurial() {
    client = RealHg.require();
  }

  private void hg(Path directory, String... arguments) {
    List<String> line = new ArrayList<>(DebugWireProtocol.v2("zstd-8mb", "zlib", "identity"));
    line.addAll(List.of(arguments));
    client.tryRun(directory, "", line).orThrow();
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void cloneAndPullAreIdentical(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    Path source = samples.rich(temporary.resolve("source"));
    Path clone = temporary.resolve("clone");
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository)) {
      hg(temporary, "clone", "-U", server.url().toString(), clone.toString());

      assertThat(client.run(clone, "verify")).contains("checked 28 changesets");
      assertThat(RepositoryState.of(client, clone))
          .isEqualTo(RepositoryState.of(hg, source, "not secret()"));
    }
    samples.addTo(source);
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository)) {
      hg(clone, "pull", server.url().toString());

      assertThat(client.run(clone, "verify")).contains("checked 32 changesets");
      assertThat(RepositoryState.of(client, clone).manifests())
          .isEqualTo(RepositoryState.of(hg, source, "not secret()").manifests());
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void whatIsCommittedWhileServedIsPulled(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).empty(temporary.resolve("source"));
    Path clone = temporary.resolve("clone");
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository)) {
      hg(temporary, "clone", "-U", server.url().toString(), clone.toString());
      assertThat(client.run(clone, "log")).isEmpty();
      for (String dag : List.of("+7", "+7+150*1/4+5<3+5")) {
        Path grown = new SampleRepositories(hg).empty(temporary.resolve("grown" + dag.length()));
        hg.run(grown, "debugbuilddag", "-q", "-n", "-m", dag);
        hg.run(source, "pull", "-q", "-f", grown.toString());

        hg(clone, "pull", "-f", server.url().toString());

        assertThat(client.run(clone, "verify")).contains("checked");
        assertThat(RepositoryState.of(client, clone)).isEqualTo(RepositoryState.of(hg, source));
      }
    }
  }
}
