// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.CloneBundleFailure;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pulls into a repository from manifests whose first bundles cannot be applied, from a web server
 * or inline: the repository is that of a pull without bundles.
 */
@Timeout(900)
final class CloneBundlesOnDiskTest {
  private static final int KILLS = Integer.getInteger("kills", 6);
  private static final int MAX_STEP = 600;
  private static final String PARTIAL = "0:290";

  @TempDir Path temporary;
  private final Hg hg = RealHg.require();
  private final List<CloneBundleEntry> manifest = new ArrayList<>();
  private Path source;
  private Path content;
  private ContentHost host;

  @BeforeEach
  void openHost() throws IOException {
    source = new SampleRepositories(hg).large(temporary.resolve("source"));
    content = Files.createDirectory(temporary.resolve("content"));
    host = ContentHost.http(content);
  }

  @AfterEach
  void closeHost() {
    if (host != null) {
      host.close();
    }
  }

  /** Something to do with the URL of a server. */
  private interface Visit {
    void run(String url) throws Exception;
  }

  private void serve(Visit visit) throws Exception {
    CloneBundleSource bundles = (caller, of) -> CloneBundleManifest.of(manifest);
    try (StoreRepository repository = StoreRepository.open(source);
        HgWireServer server =
            HgWireServer.builder(
                    ServerOptions.builder(RepositoryResolver.atRoot(repository))
                        .cloneBundles(bundles.withInlineBundles(content))
                        .accessControl(AccessControl.open())
                        .build())
                .grace(Duration.ofSeconds(1))
                .start()) {
      visit.run(URI.create("http://127.0.0.1:" + server.port() + "/").toString());
    }
  }

  private byte[] bundle(String revisions) throws IOException {
    Path file = temporary.resolve("bundle");
    hg.run(source, "bundle", "-q", "-t", "zstd-v2", "--base", "null", "-r", revisions, file + "");
    return Files.readAllBytes(file);
  }

  /**
   * Puts a bundle on the content host, and into the manifest with the hash of {@code announced}.
   */
  private void publish(String name, byte[] bundle, byte[] announced) throws IOException {
    Files.write(content.resolve(name), bundle);
    announce(name, announced);
  }

  private void announce(String name, byte[] announced) {
    byte[] hash = HashAlgorithm.SHA256.newDigest().digest(announced);
    manifest.add(
        CloneBundleEntry.of(
            host.url().resolve(name).toString(),
            Map.of("BUNDLESPEC", "zstd-v2", "DIGEST", "sha256:" + ByteString.copyOf(hash).hex())));
  }

  private void announceInline(String name) {
    manifest.add(
        CloneBundleEntry.of("peer-bundle-cache://" + name, Map.of("BUNDLESPEC", "zstd-v2")));
  }

  private static byte[] damaged(byte[] bundle) {
    byte[] damaged = bundle.clone();
    damaged[bundle.length / 2] ^= 1;
    return damaged;
  }

  /** Checks that pulls with bundles make the repository that one without them makes. */
  private PullSummary requireSameRepository(String url, ProtocolVersion version)
      throws IOException {
    List<CloneBundleEntry> entries = List.copyOf(manifest);
    manifest.clear();
    Path plain = temporary.resolve("plain");
    KilledRepositoryPull.pull(url, plain, version);
    manifest.addAll(entries);
    Path target = temporary.resolve("target");
    PullSummary summary = KilledRepositoryPull.pull(url, target, version);
    RepositoryContents.requireSound(target);
    assertThat(RepositoryContents.read(target)).isEqualTo(RepositoryContents.read(plain));
    assertThat(KilledRepositoryPull.pull(url, target, version))
        .isEqualTo(new PullSummary(0, 0, 0, 0));
    for (HgVersion each : HgVersion.values()) {
      Hg.Result result = RealHg.require(each).tryRun(target, "", List.of("verify"));
      assertThat(result.orThrow() + result.errors()).doesNotContain("warning");
    }
    return summary;
  }

  private static void requireApplied(PullSummary summary, String name, String... failed) {
    assertThat(summary.cloneBundles().failures().stream().map(CloneBundleFailure::entry))
        .extracting(entry -> lastOf(Objects.requireNonNull(entry).url()))
        .containsExactly(failed);
    String applied = Objects.requireNonNull(summary.cloneBundles().applied()).url();
    assertThat(lastOf(applied)).isEqualTo(name);
    assertThat(summary.cloneBundles().changesets()).isPositive();
    assertThat(summary.changesets()).isEqualTo(301);
  }

  private static String lastOf(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void bundleAfterBrokenOnesMakesTheSameRepository(ProtocolVersion version) throws Exception {
    byte[] bundle = bundle(PARTIAL);
    announce("missing", bundle);
    publish("wrong-digest", damaged(bundle), bundle);
    byte[] cut = Arrays.copyOf(bundle, bundle.length * 2 / 3);
    publish("cut", cut, bundle);
    publish("cut-as-announced", cut, cut);
    publish("damaged-as-announced", damaged(bundle), damaged(bundle));
    publish("good", bundle, bundle);
    serve(
        url ->
            requireApplied(
                requireSameRepository(url, version),
                "good",
                "missing",
                "wrong-digest",
                "cut",
                "cut-as-announced",
                "damaged-as-announced"));
  }

  @Test
  void inlineBundleAfterBrokenOnesMakesTheSameRepository() throws Exception {
    byte[] bundle = bundle(PARTIAL);
    announceInline("missing");
    Files.write(content.resolve("cut"), Arrays.copyOf(bundle, bundle.length * 2 / 3));
    announceInline("cut");
    Files.write(content.resolve("damaged"), damaged(bundle));
    announceInline("damaged");
    Files.write(content.resolve("good"), bundle);
    announceInline("good");
    serve(
        url ->
            requireApplied(
                requireSameRepository(url, ProtocolVersion.VERSION_1),
                "good",
                "missing",
                "cut",
                "damaged"));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void pullKilledInABundleGoesOn(ProtocolVersion version) throws Exception {
    byte[] bundle = bundle(PARTIAL);
    publish("damaged-as-announced", damaged(bundle), damaged(bundle));
    publish("good", bundle, bundle);
    serve(url -> requireCompleteAfterKills(url, version));
  }

  @Test
  void pullKilledInAnInlineBundleGoesOn() throws Exception {
    Files.write(content.resolve("good"), bundle(PARTIAL));
    announceInline("good");
    serve(url -> requireCompleteAfterKills(url, ProtocolVersion.VERSION_1));
  }

  private void requireCompleteAfterKills(String url, ProtocolVersion version) throws Exception {
    requireSameRepository(url, version);
    RepositoryContents expected = RepositoryContents.read(temporary.resolve("plain"));
    Random random = new Random(20_261_126);
    int killed = 0;
    int appliedAgain = 0;
    for (int i = 0; i < KILLS; i++) {
      Path target = temporary.resolve("killed" + i);
      int step = 1 + random.nextInt(MAX_STEP);
      Process process = KilledRepositoryPull.start(url, target, version, step);
      process.destroyForcibly();
      killed += process.waitFor() == 0 ? 0 : 1;
      PullSummary rest = KilledRepositoryPull.pull(url, target, version);
      appliedAgain += rest.cloneBundles().applied() == null ? 0 : 1;
      RepositoryContents.requireSound(target);
      assertThat(target.toFile().list()).containsExactly(".hg");
      assertThat(RepositoryContents.read(target)).isEqualTo(expected);
      assertThat(KilledRepositoryPull.pull(url, target, version))
          .isEqualTo(new PullSummary(0, 0, 0, 0));
    }
    System.out.printf(
        "%s: %d pulls killed in a bundle, %d applied it again%n", version, killed, appliedAgain);
    assertThat(killed).isPositive();
    assertThat(appliedAgain).isPositive();
  }

  @Test
  void inlineBundleOfHgMakesTheSameRepository() throws Exception {
    Hg newest = RealHg.require(HgVersion.NEWEST);
    Path served = new SampleRepositories(newest).large(temporary.resolve("served"));
    Path cache = Files.createDirectory(served.resolve(".hg/bundle-cache"));
    byte[] bundle = bundle(PARTIAL);
    Files.write(cache.resolve("cut"), Arrays.copyOf(bundle, bundle.length * 2 / 3));
    Files.write(cache.resolve("good"), bundle);
    Path target = temporary.resolve("target");
    Path plain = temporary.resolve("plain");
    try (HgServe serve =
        HgServe.start(newest, served, List.of("--config", "extensions.clonebundles="))) {
      String url = serve.url().toString();
      KilledRepositoryPull.pull(url, plain, ProtocolVersion.VERSION_1);
      Files.writeString(
          served.resolve(".hg/clonebundles.manifest"),
          """
          peer-bundle-cache://cut BUNDLESPEC=zstd-v2
          peer-bundle-cache://good BUNDLESPEC=zstd-v2
          """);
      PullSummary summary = KilledRepositoryPull.pull(url, target, ProtocolVersion.VERSION_1);
      requireApplied(summary, "good", "cut");
    }
    RepositoryContents.requireSound(target);
    assertThat(RepositoryContents.read(target)).isEqualTo(RepositoryContents.read(plain));
  }
}
