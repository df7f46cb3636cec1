// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.PartReport;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.pull.Wanted;
import org.hgwire.client.sink.RepositoryPart;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgCommandServer;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls of parts of repositories get what hg itself says is in these parts, and nothing else. */
@Timeout(600)
final class PartialPullTest {
  private static final int TRIALS = 12;

  @TempDir Path temporary;
  private Hg hg;
  private SampleRepositories samples;

  /** Who serves. */
  enum Server {
    HG,
    HGWIRE
  }

  /** Something to do with the URL of a server. */
  private interface Visit {
    void run(URI url) throws IOException;
  }

  @BeforeEach
  void findMercurial() {
    hg = RealHg.require();
    samples = new SampleRepositories(hg);
  }

  private void visit(Server server, Path source, Visit visit) throws IOException {
    if (server == Server.HGWIRE) {
      try (StoreRepository repository = StoreRepository.open(source);
          OurServer ours = OurServer.of(repository)) {
        visit.run(ours.url());
      }
    } else {
      try (HgServe serve = HgServe.v2(hg, source)) {
        visit.run(serve.url());
      }
    }
  }

  private static PullSummary pull(URI url, MemorySink sink, PullOptions options)
      throws IOException {
    PeerOptions version2 = PeerOptions.builder().protocol(ProtocolVersion.VERSION_2).build();
    try (Peer peer = Peer.connect(url, version2)) {
      return Pull.run(peer, sink, options);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void partsOfARichRepositoryAreWhatHgSays(Server server) throws IOException {
    requireParts(server, samples.rich(temporary.resolve("source")));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void partsOfARandomRepositoryAreWhatHgSays(Server server) throws IOException {
    requireParts(server, samples.random(temporary.resolve("source")));
  }

  private void requireParts(Server server, Path source) throws IOException {
    try (HgCommandServer commands = HgCommandServer.start(hg)) {
      PartOracle oracle = PartOracle.of(commands, source);
      visit(
          server,
          source,
          url -> {
            for (int seed = 0; seed < TRIALS; seed++) {
              new Trial(url, oracle, new Random(seed)).run("seed " + seed);
            }
          });
    }
  }

  /** Two pulls of one part: of the ancestors of a changeset, then of everything. */
  private static final class Trial {
    private final URI url;
    private final PartOracle oracle;
    private final Random random;
    private final PathFilter paths;

    Trial(URI url, PartOracle oracle, Random random) {
      this.url = url;
      this.oracle = oracle;
      this.random = random;
      this.paths = random.nextInt(4) == 0 ? PathFilter.everything() : oracle.randomFilter(random);
    }

    void run(String name) throws IOException {
      boolean shallow = random.nextInt(3) > 0;
      int depth = shallow ? 1 + random.nextInt(12) : RepositoryPart.ALL_GENERATIONS;
      MemorySink sink = new MemorySink(new RepositoryPart(paths, depth));
      Set<Node> there = new TreeSet<>();
      if (random.nextBoolean()) {
        Node wanted = oracle.any(random);
        pull(
            sink, depth, Wanted.EVERYTHING.withRevision(wanted.hex()), Set.of(wanted), there, name);
        depth = shallow ? 1 + random.nextInt(12) : depth;
      }
      pull(sink, depth, Wanted.EVERYTHING, oracle.heads(), there, name);
      assertThat(sink.heads()).as(name).containsExactlyInAnyOrderElementsOf(oracle.headsOf(there));
      requireState(sink, name);
    }

    private void pull(
        MemorySink sink, int depth, Wanted wanted, Set<Node> heads, Set<Node> there, String name)
        throws IOException {
      PullOptions options =
          PullOptions.DEFAULT
              .withBatchSize(1 + random.nextInt(40))
              .withPaths(paths)
              .withDepth(depth)
              .withWanted(wanted);
      Set<Node> near = oracle.near(heads, depth, there);
      if (there.isEmpty()) {
        assertThat(near).as(name).isEqualTo(oracle.askHg(heads, depth));
      }
      PullSummary summary = PartialPullTest.pull(url, sink, options);
      there.addAll(near);
      assertThat(sink.keys())
          .as("%s: %s", name, options.part())
          .isEqualTo(oracle.keys(there, paths));
      assertThat(sink.incomplete()).as(name).isEmpty();
      PartReport part = summary.part();
      assertThat(part.part()).isEqualTo(options.part());
      assertThat(part.changesetsWithoutParents())
          .as(name)
          .isEqualTo(near.stream().filter(each -> oracle.lacksParent(each, there)).count());
    }

    private void requireState(MemorySink sink, String name) throws IOException {
      Set<Node> drafts = new TreeSet<>();
      for (Node changeset : oracle.drafts()) {
        boolean isThere = sink.has(RevisionKey.changeset(changeset));
        if (isThere && sink.parents(changeset).stream().noneMatch(p -> isDraft(sink, p))) {
          drafts.add(changeset);
        }
      }
      assertThat(new TreeSet<>(requireNonNull(sink.state()).draftRoots()))
          .as(name)
          .containsAll(drafts);
      assertThat(oracle.drafts()).as(name).containsAll(requireNonNull(sink.state()).draftRoots());
    }

    private boolean isDraft(MemorySink sink, Node changeset) {
      return sink.has(RevisionKey.changeset(changeset)) && oracle.drafts().contains(changeset);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void newestChangesetsOfALargeRepositoryComeInBatches(Server server) throws IOException {
    Path source = samples.large(temporary.resolve("source"));
    PullOptions options = PullOptions.DEFAULT.withBatchSize(10).withDepth(60);
    MemorySink sink = new MemorySink(options.part());
    try (HgCommandServer commands = HgCommandServer.start(hg)) {
      PartOracle oracle = PartOracle.of(commands, source);
      visit(server, source, url -> pull(url, sink, options));
      Set<Node> near = oracle.askHg(oracle.heads(), 60);
      NavigableSet<RevisionKey> expected = oracle.keys(near, PathFilter.everything());
      assertThat(sink.keys()).isEqualTo(expected);
    }
  }
}
