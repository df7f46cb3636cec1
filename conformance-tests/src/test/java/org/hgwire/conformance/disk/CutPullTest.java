// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.memory.CuttingProxy;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pulls into a repository whose connection is cut after so many bytes of the responses, evenly
 * spread over all of them: an error, a sound repository, and the next pull completes it.
 */
@Timeout(3600)
final class CutPullTest {
  private static final int CUTS = Integer.getInteger("cuts", 6);

  /** Of how many repositories hg verifies one. */
  private static final int HG_EVERY = 20;

  private static final List<HgVersion> VERSIONS = List.of(HgVersion.values());

  @TempDir Path directory;
  private final PullOptions options = PullOptions.DEFAULT.withBatchSize(40);
  private ContentEncodings encodings = ContentEncodings.standard();

  private PullSummary pull(int port, ProtocolVersion version, Path target) throws IOException {
    URI url = URI.create("http://127.0.0.1:" + port + "/");
    PeerOptions connection =
        PeerOptions.builder()
            .protocol(version)
            .encodings(encodings)
            .retries(RetryPolicy.never())
            .build();
    try (Peer peer = Peer.connect(url, connection);
        RepositorySink sink = RepositorySink.open(target, url.toString())) {
      return Pull.run(peer, sink, options);
    }
  }

  private void cutEverywhere(int port, ProtocolVersion version) throws IOException {
    Path whole = directory.resolve("whole");
    long length;
    try (CuttingProxy proxy = new CuttingProxy(Long.MAX_VALUE)) {
      proxy.forwardTo(port);
      pull(proxy.port(), version, whole);
      length = proxy.forwarded();
    }
    RepositoryContents expected = RepositoryContents.read(whole);
    int failed = 0;
    int resumed = 0;
    for (int i = 0; i < CUTS; i++) {
      long offset = length * i / CUTS;
      Path target = directory.resolve("target" + i);
      try (CuttingProxy proxy = new CuttingProxy(offset)) {
        proxy.forwardTo(port);
        Throwable thrown = catchThrowable(() -> pull(proxy.port(), version, target));
        if (thrown != null) {
          failed++;
          assertThat(thrown).as("cut at %d", offset).isInstanceOf(PeerException.class);
        } else {
          assertThat(RepositoryContents.read(target)).as("cut at %d", offset).isEqualTo(expected);
        }
      }
      if (target.resolve(".hg").toFile().exists()) {
        RepositoryContents.requireSound(target);
        int already = RepositoryContents.read(target).changesets().size();
        resumed += already > 0 && already < expected.changesets().size() ? 1 : 0;
      }
      pull(port, version, target);
      RepositoryContents.requireSound(target);
      assertThat(RepositoryContents.read(target)).as("cut at %d", offset).isEqualTo(expected);
      assertThat(pull(port, version, target)).isEqualTo(new PullSummary(0, 0, 0, 0));
      if (i % HG_EVERY == 1) {
        Hg hg = RealHg.require(VERSIONS.get(i / HG_EVERY % VERSIONS.size()));
        Hg.Result result = hg.tryRun(target, "", List.of("verify"));
        assertThat(result.orThrow() + result.errors()).doesNotContain("warning");
      }
    }
    System.out.printf(
        "%s: %d cuts of %d bytes, %d pulls failed, %d of them with a part of the changesets%n",
        version, CUTS, length, failed, resumed);
    // The client itself ends a response that has more changesets than a batch, sooner or later.
    assertThat(failed).isGreaterThan(CUTS / 2);
    assertThat(resumed).isPositive();
  }

  /** Without compression what comes before a cut is not only received, but written. */
  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void nextPullCompletesWhatOurServerSent(ProtocolVersion version) throws IOException {
    encodings = ContentEncodings.named("identity");
    Path source = new SampleRepositories(RealHg.require()).large(directory.resolve("source"));
    try (StoreRepository repository = StoreRepository.open(source);
        ServedHistory served = new ServedHistory(repository)) {
      cutEverywhere(served.url().getPort(), version);
    }
  }

  @ParameterizedTest
  @CsvSource({"V5_6, VERSION_2", "NEWEST, VERSION_1", "V5_6, VERSION_1"})
  void nextPullCompletesWhatHgSent(HgVersion hgVersion, ProtocolVersion version)
      throws IOException {
    Hg hg = RealHg.require(hgVersion);
    Path source = new SampleRepositories(hg).large(directory.resolve("source"));
    boolean isNewest = hgVersion == HgVersion.NEWEST;
    try (HgServe serve = isNewest ? HgServe.v1(hg, source) : HgServe.v2(hg, source)) {
      cutEverywhere(serve.url().getPort(), version);
    }
  }
}
