// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.server.store.StoreLimits;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client pulls over version 1 from the hg serve of each version, and from our own server. */
final class OurClientPullsOverVersion1Test {
  private static final PeerOptions VERSION_1 =
      PeerOptions.builder().protocol(ProtocolVersion.VERSION_1).build();

  @TempDir Path temporary;

  private static List<String> heads(Hg hg, Path source) {
    return hg.run(source, "log", "-r", "heads(not secret())", "-T", "{node}\n").lines().toList();
  }

  private static long count(Hg hg, Path source) {
    return hg.run(source, "log", "-r", "not secret()", "-T", "{node}\n").lines().count();
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void pullFromHgIsCompleteAndIncremental(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories samples = new SampleRepositories(hg);
    Path source = samples.rich(temporary.resolve("source"));
    Path directory = temporary.resolve("sink");
    try (HgServe serve = HgServe.v1(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = RepositorySink.open(directory)) {
      assertThat(peer.version()).isEqualTo(ProtocolVersion.VERSION_1);
      assertThat(Pull.run(peer, sink).changesets()).isEqualTo(count(hg, source));
      assertState(hg, source, sink);
    }
    samples.addTo(source);
    try (HgServe serve = HgServe.v1(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = RepositorySink.open(directory)) {
      assertThat(Pull.run(peer, sink).changesets()).isEqualTo(4);
      // As with hg pull, a bookmark that the server removed stays.
      assertState(hg, source, sink, "old");
      assertThat(Pull.run(peer, sink)).isEqualTo(new PullSummary(0, 0, 0, 0));
    }
  }

  private static void assertState(Hg hg, Path source, PullSink sink, String... stayed)
      throws IOException {
    assertThat(sink.heads().stream().map(Node::hex))
        .containsExactlyInAnyOrderElementsOf(heads(hg, source));
    assertThat(sink.incomplete()).isEmpty();
    RepositoryState state = sink.state();
    assertThat(state).isNotNull();
    assertThat(state.bookmarks().keySet().stream().map(ByteString::utf8))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(stayed), bookmarks(hg, source)).toList());
  }

  private static Stream<String> bookmarks(Hg hg, Path source) {
    return hg.run(
            source,
            "log",
            "-r",
            "bookmark() and not secret()",
            "-T",
            "{bookmarks % '{bookmark}\n'}")
        .lines()
        .filter(name -> !name.contains("@"));
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void bothServersAndBothVersionsGiveTheSame(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).large(temporary.resolve("source"));
    PullSummary fromHg;
    try (HgServe serve = HgServe.v1(hg, source);
        Peer peer = Peer.connect(serve.url(), VERSION_1);
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      fromHg = Pull.run(peer, sink);
      assertThatThrownBy(() -> peer.lookup("no such name"))
          .isInstanceOf(CommandFailedException.class);
      assertThat(peer.lookup("tip").hex())
          .isEqualTo(hg.run(source, "log", "-r", "tip", "-T", "{node}"));
    }
    try (StoreRepository repository = StoreRepository.open(source);
        OurServer server = OurServer.of(repository)) {
      for (ProtocolVersion spoken : ProtocolVersion.values()) {
        PeerOptions options = PeerOptions.builder().protocol(spoken).build();
        try (Peer peer = Peer.connect(server.url(), options);
            PullSink sink = TemporaryRepositorySink.open(temporary)) {
          assertThat(peer.version()).isEqualTo(spoken);
          assertThat(Pull.run(peer, sink)).isEqualTo(fromHg);
        }
      }
    }
  }

  /** A sink whose disk is full after some revisions. */
  private static final class FullSink extends ForwardingPullSink {
    private final RevisionKind kind;
    private int left;

    FullSink(PullSink sink, RevisionKind kind, int left) {
      super(sink);
      this.kind = kind;
      this.left = left;
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      if (revision.key().kind() == kind && left-- == 0) {
        throw new IOException("no space left");
      }
      super.accept(revision);
    }
  }

  @ParameterizedTest
  @EnumSource(RevisionKind.class)
  void pullThatFailedIsContinued(RevisionKind kind) throws IOException {
    Hg hg = RealHg.require(HgVersion.NEWEST);
    Path source = new SampleRepositories(hg).rich(temporary.resolve("source"));
    List<String> heads = heads(hg, source);
    try (HgServe serve = HgServe.v1(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
      for (int after : List.of(0, 1, 7, 15)) {
        Path directory = temporary.resolve("sink" + after);
        try (PullSink sink = RepositorySink.open(directory)) {
          assertThatThrownBy(() -> Pull.run(peer, new FullSink(sink, kind, after)))
              .hasMessageContaining("no space left");
        }
        try (PullSink sink = RepositorySink.open(directory)) {
          Pull.run(peer, sink);
          assertThat(sink.heads().stream().map(Node::hex)).hasSameElementsAs(heads);
          assertThat(sink.incomplete()).isEmpty();
          assertThat(Pull.run(peer, sink)).isEqualTo(new PullSummary(0, 0, 0, 0));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HgVersion.class,
      names = {"V7_0", "NEWEST"})
  void inlineCloneBundlesAreApplied(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).large(temporary.resolve("source"));
    Path cache = Files.createDirectory(source.resolve(".hg/bundle-cache"));
    hg.run(source, "bundle", "-q", "--type", "zstd-v2", "--all", cache + "/whole.hg");
    Files.writeString(
        source.resolve(".hg/clonebundles.manifest"),
        """
        peer-bundle-cache://absent.hg BUNDLESPEC=zstd-v2
        peer-bundle-cache://whole.hg BUNDLESPEC=zstd-v2
        """);
    try (HgServe serve =
            HgServe.start(hg, source, List.of("--config", "extensions.clonebundles="));
        Peer peer = Peer.connect(serve.url(), VERSION_1);
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      assertThat(peer.hasInlineBundles()).isTrue();
      PullSummary summary = Pull.run(peer, sink);
      assertThat(summary.changesets()).isEqualTo(count(hg, source));
      assertThat(summary.cloneBundles().failures())
          .singleElement()
          .satisfies(failure -> assertThat(failure.reason()).isInstanceOf(BundleException.class));
      CloneBundleEntry applied = summary.cloneBundles().applied();
      assertThat(applied).isNotNull();
      assertThat(applied.inlinePath()).isEqualTo("whole.hg");
      assertThat(summary.cloneBundles().changesets()).isEqualTo(count(hg, source));
      assertState(hg, source, sink);
    }
  }

  /** A sink that lists the obsolescence markers that it gets. */
  private static final class MarkersSink extends ForwardingPullSink {
    private final List<String> markers = new ArrayList<>();

    MarkersSink(PullSink sink) {
      super(sink);
    }

    @Override
    public void markerReceived(ObsolescenceMarker marker) {
      markers.add(
          Stream.concat(Stream.of(marker.predecessor()), marker.successors().stream())
              .map(Node::hex)
              .collect(Collectors.joining(" ")));
    }
  }

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void markersReachTheSink(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    List<String> evolution =
        List.of("--config", "experimental.evolution=all", "--config", "phases.publish=False");
    Path source = new SampleRepositories(hg).empty(temporary.resolve("source"));
    List<String> markers = new ArrayList<>();
    for (String[] line :
        new String[][] {
          {"debugbuilddag", "-q", "+4"},
          {"debugobsolete", "-d", "0 0", "1".repeat(40), "TIP"},
          {"debugobsolete", "-d", "0 0", "2".repeat(40), "1".repeat(40)}
        }) {
      String tip = hg.run(source, "log", "-r", "tip", "-T", "{node}");
      List<String> all = new ArrayList<>(List.of(line));
      all.replaceAll(word -> word.equals("TIP") ? tip : word);
      all.addAll(evolution);
      hg.tryRun(source, "", all).orThrow();
      if (line[0].equals("debugobsolete")) {
        markers.add(all.get(3) + " " + all.get(4));
      }
    }
    try (HgServe serve = HgServe.start(hg, source, evolution);
        Peer peer = Peer.connect(serve.url(), VERSION_1);
        MarkersSink sink = new MarkersSink(TemporaryRepositorySink.open(temporary))) {
      Pull.run(peer, sink);
      assertThat(sink.markers).containsExactlyInAnyOrderElementsOf(markers);
      Pull.run(peer, sink);
      assertThat(sink.markers).hasSize(4);
    }
    try (StoreRepository repository = StoreRepository.open(source, StoreLimits.defaults(), true);
        OurServer server = OurServer.of(repository);
        Peer peer = Peer.connect(server.url(), VERSION_1);
        MarkersSink sink = new MarkersSink(TemporaryRepositorySink.open(temporary))) {
      Pull.run(peer, sink);
      assertThat(sink.markers).containsExactlyInAnyOrderElementsOf(markers);
    }
  }

  @ParameterizedTest
  @EnumSource(value = HgVersion.class, names = "NEWEST")
  void moreHeadsThanFitIntoHeadersArePulledInSlices(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path source = new SampleRepositories(hg).empty(temporary.resolve("source"));
    String dag = "+1:first" + "+1<first".repeat(2_000);
    hg.run(source, "debugbuilddag", "-q", dag);
    try (HgServe serve = HgServe.v1(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      Pull.run(peer, sink);
      assertThat(sink.heads()).hasSize(2_000);
    }
  }
}
