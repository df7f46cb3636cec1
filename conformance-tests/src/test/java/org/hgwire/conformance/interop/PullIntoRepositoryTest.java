// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.store.StoreRepository;
import org.hgwire.store.StoreException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client pulls into a repository, which each hg then uses as its own. */
final class PullIntoRepositoryTest {
  private static final PullOptions SMALL_BATCHES = PullOptions.DEFAULT.withBatchSize(7);

  @TempDir Path temporary;

  private static PullSummary pull(URI url, ProtocolVersion spoken, Path target) throws IOException {
    try (Peer peer = Peer.connect(url, PeerOptions.builder().protocol(spoken).build());
        RepositorySink sink = RepositorySink.open(target, url.toString())) {
      return Pull.run(peer, sink, SMALL_BATCHES);
    }
  }

  private static void requireVerified(Path repository) {
    for (HgVersion version : HgVersion.values()) {
      Hg hg = RealHg.require(version);
      Hg.Result result = hg.tryRun(repository, "", List.of("verify"));
      assertThat(result.status()).as(result.output() + result.errors()).isZero();
      assertThat(result.output() + result.errors()).doesNotContain("warning");
    }
  }

  private static List<String> log(Hg hg, Path repository) {
    String template = "{node} {p1node} {p2node} {phase} {bookmarks} {branch}\n";
    return hg.run(repository, "log", "-T", template).lines().sorted().toList();
  }

  private void requireSame(Hg hg, Path ours, URI url, String name) {
    Path theirs = temporary.resolve(name);
    hg.run(temporary, "clone", "-q", "-U", url.toString(), theirs.toString());
    assertThat(log(hg, ours)).isEqualTo(log(hg, theirs));
    requireVerified(ours);
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void repositoryFromHgIsThatOfItsOwnClone(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    Path source = samples.rich(temporary.resolve("source"));
    Path target = temporary.resolve("target");
    try (HgServe serve = HgServe.v1(hg, source)) {
      pull(serve.url(), ProtocolVersion.VERSION_1, target);
      requireSame(hg, target, serve.url(), "theirs");
      assertThat(pull(serve.url(), ProtocolVersion.VERSION_1, target))
          .isEqualTo(new PullSummary(0, 0, 0, 0));
    }
    samples.addTo(source);
    try (HgServe serve = HgServe.v1(hg, source)) {
      assertThat(pull(serve.url(), ProtocolVersion.VERSION_1, target).changesets()).isEqualTo(4);
      requireVerified(target);
      assertThat(log(hg, target).size()).isEqualTo(log(hg, temporary.resolve("theirs")).size() + 4);
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void repositoryFromOurServerIsThatOfHgsClone(ProtocolVersion spoken) throws IOException {
    Hg hg = RealHg.require(HgVersion.NEWEST);
    Path source = new SampleRepositories(hg).large(temporary.resolve("source"));
    Path target = temporary.resolve("target");
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository)) {
      pull(server.url(), spoken, target);
      requireSame(hg, target, server.url(), "theirs");
    }
  }

  @ParameterizedTest
  @EnumSource(value = HgVersion.class, names = "V5_6")
  void repositoryOverVersion2IsThatOfItsOwnClone(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).rich(temporary.resolve("source"));
    Path target = temporary.resolve("target");
    try (HgServe serve = HgServe.v2(hg, source)) {
      pull(serve.url(), ProtocolVersion.VERSION_2, target);
      requireSame(hg, target, serve.url(), "theirs");
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void pullGoesOnAfterHgCommitted(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    Path source = samples.rich(temporary.resolve("source"));
    Path target = temporary.resolve("target");
    try (HgServe serve = HgServe.v1(hg, source)) {
      pull(serve.url(), ProtocolVersion.VERSION_1, target);
    }
    hg.run(target, "update", "-q", "tip");
    Files.writeString(target.resolve("local"), "local\n");
    hg.run(target, "commit", "-q", "-A", "-m", "local", "-u", "me");
    hg.run(target, "bookmark", "mine");
    String local = hg.run(target, "log", "-r", ".", "-T", "{node}");
    samples.addTo(source);
    try (HgServe serve = HgServe.v1(hg, source)) {
      pull(serve.url(), ProtocolVersion.VERSION_1, target);
    }
    requireVerified(target);
    assertThat(hg.run(target, "log", "-r", local, "-T", "{phase} {bookmarks}"))
        .isEqualTo("draft mine");
    assertThat(hg.run(target, "log", "-r", "bookmark()", "-T", "{bookmarks % '{bookmark}\n'}"))
        .contains("mine");
  }

  @ParameterizedTest
  @EnumSource(
      value = HgVersion.class,
      names = {"V5_6", "NEWEST"})
  void obsolescenceMarkersAreThoseOfTheServer(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).empty(temporary.resolve("source"));
    List<String> evolution =
        List.of("--config", "experimental.evolution=all", "--config", "phases.publish=False");
    Files.writeString(
        source.resolve(".hg/hgrc"), "[experimental]\nevolution=all\n[phases]\npublish=False\n");
    for (int i = 0; i < 4; i++) {
      Files.writeString(source.resolve("file"), "text " + i);
      hg.run(source, "commit", "-q", "-A", "-m", "changeset " + i);
      hg.run(source, "commit", "-q", "--amend", "-m", "amended " + i);
    }
    Path target = temporary.resolve("target");
    try (HgServe serve = HgServe.start(hg, source, evolution)) {
      pull(serve.url(), ProtocolVersion.VERSION_1, target);
      List<String> markers = markers(hg, source);
      assertThat(markers).hasSize(4);
      assertThat(markers(hg, target)).isEqualTo(markers);
      assertThat(log(hg, target)).isEqualTo(log(hg, source));
      pull(serve.url(), ProtocolVersion.VERSION_1, target);
      assertThat(markers(hg, target)).isEqualTo(markers);
      requireVerified(target);
    }
  }

  private static List<String> markers(Hg hg, Path repository) {
    return hg.run(repository, "debugobsolete", "--config", "experimental.evolution=all")
        .lines()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = HgVersion.class,
      names = {"V7_0", "NEWEST"})
  void cloneBundleAndWhatCameSinceAreOneRepository(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    Path source = samples.rich(temporary.resolve("source"));
    Path whole = temporary.resolve("whole.hg");
    hg.run(source, "bundle", "-q", "--type", "zstd-v2", "--base", "null", "-r", "5", whole + "");
    Path cache = Files.createDirectory(source.resolve(".hg/bundle-cache"));
    Files.move(whole, cache.resolve("whole.hg"));
    Files.writeString(
        source.resolve(".hg/clonebundles.manifest"),
        "peer-bundle-cache://whole.hg BUNDLESPEC=zstd-v2\n");
    Path target = temporary.resolve("target");
    try (HgServe serve =
        HgServe.start(hg, source, List.of("--config", "extensions.clonebundles="))) {
      PullSummary summary = pull(serve.url(), ProtocolVersion.VERSION_1, target);
      assertThat(summary.cloneBundles().changesets()).isPositive();
      requireSame(hg, target, serve.url(), "theirs");
    }
  }

  @ParameterizedTest
  @EnumSource(value = HgVersion.class, names = "NEWEST")
  void directoryIsRefusedByName(HgVersion version) throws IOException {
    Path journal = Files.createDirectory(temporary.resolve("journal"));
    Files.writeString(journal.resolve("journal"), "hgwire journal 2\n");
    assertThatThrownBy(() -> RepositorySink.open(journal, null))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("journal of an older version");
    Path target = temporary.resolve("target");
    try (RepositorySink first = RepositorySink.open(target, null)) {
      assertThat(first.heads()).isEmpty();
      assertThatThrownBy(() -> RepositorySink.open(target, null))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED));
    }
    RepositorySink.open(target, null).close();
    try (Stream<Path> left = Files.list(target.resolve(".hg"))) {
      assertThat(left.map(path -> path.getFileName().toString())).doesNotContain("wlock");
    }
    assertThat(RealHg.require(version).run(target, "log")).isEmpty();
  }
}
