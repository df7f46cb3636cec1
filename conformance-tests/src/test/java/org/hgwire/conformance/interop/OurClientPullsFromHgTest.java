// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hgwire.client.HandshakeException;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullListener;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.encoding.ContentEncodings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client pulls whole repositories from a real hg serve and verifies every hash. */
final class OurClientPullsFromHgTest {
  @TempDir Path temporary;
  private Hg hg;
  private SampleRepositories samples;

  @BeforeEach
  void findMercurial() {
    hg = RealHg.require();
    samples = new SampleRepositories(hg);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "zlib", "identity"})
  void pullFetchesAllRevisions(String encoding) throws IOException {
    Path source = samples.large(temporary.resolve("source"));
    PeerOptions options = PeerOptions.builder().encodings(ContentEncodings.named(encoding)).build();
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), options);
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      PullSummary summary = Pull.run(peer, sink);

      assertThat(summary.changesets()).isEqualTo(301);
      assertThat(summary.manifests()).isEqualTo(manifests(source, "all()"));
      assertThat(summary.fileRevisions()).isEqualTo(fileRevisions(source));
    }
  }

  @Test
  void pullRetriesWithoutHaveparents() throws IOException {
    Path source = samples.rich(temporary.resolve("source"));
    List<String> repeated = new ArrayList<>();
    PullListener listener =
        new PullListener() {
          @Override
          public void repeatedWithoutParents(String message) {
            repeated.add(message);
          }
        };
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      PullSummary summary = Pull.run(peer, sink, PullOptions.DEFAULT.withListener(listener));

      assertThat(repeated).isNotEmpty();
      assertThat(summary.changesets()).isEqualTo(28);
      assertThat(summary.manifests()).isEqualTo(manifests(source, "not secret()"));
      assertThat(summary.fileRevisions()).isEqualTo(fileRevisions(source));
    }
  }

  @Test
  void incrementalPullFetchesOnlyWhatIsNew() throws IOException {
    Path source = samples.rich(temporary.resolve("source"));
    Path directory = temporary.resolve("sink");
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = RepositorySink.open(directory)) {
      Pull.run(peer, sink);
    }
    samples.addTo(source);
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = RepositorySink.open(directory)) {
      PullSummary summary = Pull.run(peer, sink);

      assertThat(summary.changesets()).isEqualTo(4);
      assertThat(sink.heads().stream().map(Node::hex))
          .containsExactlyInAnyOrderElementsOf(
              hg.run(source, "log", "-r", "heads(not secret())", "-T", "{node}\n")
                  .lines()
                  .toList());
      assertThat(Pull.run(peer, sink)).isEqualTo(new PullSummary(0, 0, 0, 0));
    }
  }

  @Test
  void bookmarksAndPhasesAreUpdatedWithoutNewChangesets() throws IOException {
    Path source = samples.rich(temporary.resolve("source"));
    Path directory = temporary.resolve("sink");
    hg.run(source, "bookmark", "-r", "0", "moved");
    hg.run(source, "bookmark", "-r", "0", "deleted");
    assertThat(pulledState(source, directory)).isEqualTo(shownState(source));

    hg.run(source, "bookmark", "-f", "-r", "1", "moved");
    hg.run(source, "bookmark", "-d", "deleted");
    hg.run(source, "phase", "--force", "--draft", "-r", "1");
    RepositoryState changed = pulledState(source, directory);
    assertThat(changed).isEqualTo(shownState(source));
    assertThat(changed.bookmarks())
        .containsKey(ByteString.utf8("moved"))
        .doesNotContainKey(ByteString.utf8("deleted"));

    hg.run(source, "phase", "--public", "-r", "not secret()");
    assertThat(pulledState(source, directory)).isEqualTo(shownState(source));
  }

  private RepositoryState pulledState(Path source, Path directory) throws IOException {
    AtomicReference<RepositoryState> received = new AtomicReference<>();
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink =
            new ForwardingPullSink(RepositorySink.open(directory)) {
              @Override
              public void stateReceived(RepositoryState state) throws IOException {
                received.set(state);
                super.stateReceived(state);
              }
            }) {
      Pull.run(peer, sink);
    }
    return Objects.requireNonNull(received.get());
  }

  /** Returns the state that hg itself reports of what it serves. */
  private RepositoryState shownState(Path source) {
    Map<ByteString, Node> bookmarks = new HashMap<>();
    String template = "{bookmarks % '{node} {bookmark}\n'}";
    hg.run(source, "log", "-r", "not secret()", "-T", template)
        .lines()
        .forEach(
            line ->
                bookmarks.put(
                    ByteString.utf8(line.substring(41)), Node.fromHex(line.substring(0, 40))));
    return new RepositoryState(
        nodes(source, "heads(not secret())"),
        bookmarks,
        !hg.run(source, "config", "phases.publish").strip().equalsIgnoreCase("false"),
        nodes(source, "roots(draft())"));
  }

  private Set<Node> nodes(Path source, String revisions) {
    return hg.run(source, "log", "-r", revisions, "-T", "{node}\n")
        .lines()
        .map(Node::fromHex)
        .collect(Collectors.toSet());
  }

  @Test
  void localOnlyChangesetsDoNotPreventAPull() throws IOException {
    Path source = samples.large(temporary.resolve("source"));
    Path directory = temporary.resolve("sink");
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = RepositorySink.open(directory)) {
      Pull.run(peer, sink);
    }
    hg.run(temporary, "clone", "-q", "-U", "--pull", "-r", "20", source.toString(), "stripped");
    Path stripped = temporary.resolve("stripped");
    hg.run(stripped, "update", "-q", "tip");
    hg.run(stripped, "branch", "-q", "another");
    hg.run(stripped, "commit", "-u", "x", "-m", "another way on");
    try (HgServe serve = HgServe.v2(hg, stripped);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = RepositorySink.open(directory)) {
      assertThat(Pull.run(peer, sink).changesets()).isEqualTo(1);
      assertThat(sink.heads().stream().map(Node::hex))
          .contains(hg.run(stripped, "log", "-r", "tip", "-T", "{node}"));
    }
  }

  @Test
  void emptyRepositoryPullsNothing() throws IOException {
    Path source = samples.empty(temporary.resolve("source"));
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      assertThat(Pull.run(peer, sink)).isEqualTo(new PullSummary(0, 0, 0, 0));
    }
  }

  @Test
  void serverOfVersion1IsReportedWhereVersion2IsDemanded() {
    Path source = samples.empty(temporary.resolve("source"));
    PeerOptions options = PeerOptions.builder().protocol(ProtocolVersion.VERSION_2).build();
    try (HgServe serve = HgServe.v1(hg, source)) {
      assertThatExceptionOfType(HandshakeException.class)
          .isThrownBy(() -> Peer.connect(serve.url(), options).close())
          .satisfies(e -> assertThat(e.kind()).isEqualTo(HandshakeException.Kind.VERSION_1_ONLY));
    }
  }

  private long manifests(Path source, String revisions) {
    return hg.run(source, "log", "-r", revisions, "-T", "{manifest % '{node}'}\n")
        .lines()
        .distinct()
        .count();
  }

  /** Returns the number of file revisions that hg verify counts in a local clone. */
  private long fileRevisions(Path source) {
    hg.run(temporary, "clone", "-q", "-U", "--pull", source.toString(), "local");
    Matcher counts =
        Pattern.compile("with ([0-9]+) changes to")
            .matcher(hg.run(temporary.resolve("local"), "verify"));
    assertThat(counts.find()).isTrue();
    return Long.parseLong(counts.group(1));
  }
}
