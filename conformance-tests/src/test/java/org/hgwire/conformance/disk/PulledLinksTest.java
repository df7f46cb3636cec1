// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.Wanted;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * File revisions that several branches add link to the changesets to which they link in a clone of
 * hg's, also if the server itself links them to a changeset that is not pulled.
 */
@Timeout(600)
final class PulledLinksTest {
  private static final List<Wanted> ONE_BRANCH_AFTER_THE_OTHER =
      List.of(
          Wanted.EVERYTHING.withRevision("right"),
          Wanted.EVERYTHING.withRevision("left"),
          Wanted.EVERYTHING);

  @TempDir Path temporary;

  /** Who serves, and over which version of the protocol our client pulls. */
  enum From {
    HG_5_6_VERSION_1(HgVersion.V5_6, false, ProtocolVersion.VERSION_1),
    HG_5_6_VERSION_2(HgVersion.V5_6, false, ProtocolVersion.VERSION_2),
    NEWEST_HG(HgVersion.NEWEST, false, ProtocolVersion.VERSION_1),
    HGWIRE_VERSION_1(HgVersion.V5_6, true, ProtocolVersion.VERSION_1),
    HGWIRE_VERSION_2(HgVersion.V5_6, true, ProtocolVersion.VERSION_2);

    private final HgVersion version;
    private final boolean ours;
    private final ProtocolVersion spoken;

    From(HgVersion version, boolean ours, ProtocolVersion spoken) {
      this.version = version;
      this.ours = ours;
      this.spoken = spoken;
    }
  }

  /** Something to do with the URL of a server. */
  private interface Visit {
    void run(URI url) throws IOException;
  }

  private static void visit(From from, Path source, Visit visit) throws IOException {
    Hg hg = RealHg.require(from.version);
    if (from.ours) {
      try (StoreRepository repository = StoreRepository.open(source);
          ServedHistory served = new ServedHistory(repository)) {
        visit.run(served.url());
      }
    } else {
      try (HgServe serve =
          from.version == HgVersion.V5_6 ? HgServe.v2(hg, source) : HgServe.v1(hg, source)) {
        visit.run(serve.url());
      }
    }
  }

  private static void pull(From from, URI url, Path target, Wanted wanted, int batchSize)
      throws IOException {
    try (Peer peer = Peer.connect(url, PeerOptions.builder().protocol(from.spoken).build());
        RepositorySink sink = RepositorySink.open(target)) {
      Pull.run(peer, sink, PullOptions.DEFAULT.withBatchSize(batchSize).withWanted(wanted));
    }
  }

  private static void commit(Hg hg, Path source, String name, String... files) throws IOException {
    for (String file : files) {
      Files.writeString(source.resolve(file), "as in " + file + " of both branches\n".repeat(9));
    }
    hg.run(source, "commit", "-q", "-A", "-u", "t", "-d", "0 0", "-m", name);
  }

  /**
   * Makes two branches that add the same file revisions, in another order and with other ones
   * between; on both, one of them is removed and comes back, and another one gets a flag.
   */
  private Path source(Hg hg) throws IOException {
    Path source = temporary.resolve("source");
    hg.run(temporary, "init", "source");
    Files.writeString(source.resolve("a"), "first\n");
    Files.writeString(source.resolve("b"), "first\n");
    commit(hg, source, "base", "root");
    commit(hg, source, "left: a", "a", "only left");
    commit(hg, source, "left: b and c", "b", "c");
    hg.run(source, "remove", "-q", "c");
    commit(hg, source, "left: without c");
    commit(hg, source, "left: c is back", "c", "d");
    hg.run(source, "tag", "-l", "left");
    hg.run(source, "update", "-q", "0");
    commit(hg, source, "right: c", "c", "only right");
    commit(hg, source, "right: b, d", "b", "d");
    hg.run(source, "remove", "-q", "c");
    commit(hg, source, "right: a, without c", "a");
    commit(hg, source, "right: c is back", "c");
    assertThat(source.resolve("a").toFile().setExecutable(true)).isTrue();
    commit(hg, source, "right: a can be run");
    hg.run(source, "tag", "-l", "right");
    hg.run(source, "merge", "-q", "left");
    hg.run(source, "commit", "-q", "-u", "t", "-d", "0 0", "-m", "merge");
    return source;
  }

  private void requireLinksOfHg(From from, Path source, List<Wanted> pulls) throws IOException {
    Hg hg = RealHg.require(from.version);
    visit(
        from,
        source,
        url -> {
          Path theirs = temporary.resolve("theirs");
          hg.run(temporary, "init", "theirs");
          for (int batchSize : List.of(1, 2, 1_000)) {
            RepositorySink.open(temporary.resolve("ours" + batchSize)).close();
          }
          for (Wanted wanted : pulls) {
            String head = wanted.revisions().isEmpty() ? "tip" : wanted.revisions().get(0);
            hg.run(theirs, "pull", "-q", "-r", head, url.toString());
            Set<String> expected = RepositoryContents.read(theirs).revisions();
            for (int batchSize : List.of(1, 2, 1_000)) {
              Path ours = temporary.resolve("ours" + batchSize);
              pull(from, url, ours, wanted, batchSize);
              assertThat(RepositoryContents.read(ours).revisions()).isEqualTo(expected);
              RepositoryContents.requireSound(ours);
            }
          }
        });
    for (HgVersion version : HgVersion.values()) {
      Hg.Result result =
          RealHg.require(version).tryRun(temporary.resolve("ours2"), "", List.of("verify"));
      assertThat(result.orThrow() + result.errors()).doesNotContain("warning", "unexpected");
    }
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void revisionsOfBothBranchesLinkAsInAClone(From from) throws IOException {
    requireLinksOfHg(from, source(RealHg.require(from.version)), List.of(Wanted.EVERYTHING));
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void revisionsLinkToTheBranchThatIsPulled(From from) throws IOException {
    requireLinksOfHg(from, source(RealHg.require(from.version)), ONE_BRANCH_AFTER_THE_OTHER);
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void revisionsLinkToTheBranchThatIsNotSecret(From from) throws IOException {
    Hg hg = RealHg.require(from.version);
    Path source = source(hg);
    hg.run(source, "--config", "extensions.strip=", "strip", "-q", "--no-backup", "tip");
    hg.run(source, "phase", "-q", "--force", "--secret", "-r", "1");
    requireLinksOfHg(from, source, List.of(Wanted.EVERYTHING.withRevision("right")));
  }
}
