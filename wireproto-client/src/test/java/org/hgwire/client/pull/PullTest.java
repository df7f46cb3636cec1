// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.ScriptedServer;
import org.hgwire.client.UnrelatedRepositoryException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.client.testing.RecordingPullListener;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.encoding.ContentEncodings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PullTest {
  @TempDir Path directory;
  private final RecordingPullListener listener = new RecordingPullListener();

  private PullOptions options(int textInMemory) {
    return PullOptions.DEFAULT
        .withBatchSize(7)
        .withTextInMemory(textInMemory)
        .withCacheBytes(100_000)
        .withDirectory(directory)
        .withListener(listener);
  }

  private static Peer identity(ScriptedServer server) throws PeerException {
    return server.connect(
        PeerOptions.builder()
            .retries(RetryPolicy.never())
            .encodings(ContentEncodings.named("identity")));
  }

  private Path store() {
    return directory.resolve("store");
  }

  private PullSummary pull(ScriptedServer server, int textInMemory) throws IOException {
    try (Peer peer = identity(server);
        PullSink sink = RepositorySink.open(store())) {
      return Pull.run(peer, sink, options(textInMemory));
    }
  }

  private PullSummary pull(ScriptedServer server, PullSink sink) throws IOException {
    try (Peer peer = identity(server)) {
      return Pull.run(peer, sink, options(1_000));
    }
  }

  private void requireAll(ScriptedRepository repository) throws IOException {
    try (PullSink sink = RepositorySink.open(store())) {
      assertThat(sink.incomplete()).isEmpty();
      for (ScriptedRepository.Revision changeset : repository.changesets) {
        requireText(sink, RevisionKey.changeset(changeset.node()), changeset.text());
      }
      for (ScriptedRepository.Revision manifest : repository.manifests) {
        requireText(sink, RevisionKey.manifest(manifest.node()), manifest.text());
      }
      for (var file : repository.files.entrySet()) {
        for (ScriptedRepository.Revision revision : file.getValue()) {
          requireText(sink, RevisionKey.file(file.getKey(), revision.node()), revision.text());
        }
      }
    }
  }

  private static void requireText(PullSink sink, RevisionKey key, ByteString text)
      throws IOException {
    RevisionText found = requireNonNull(sink.open(key), key.toString());
    assertThat(found.length()).isEqualTo(text.length());
    assertThat(ByteString.copyOf(found.open().readAllBytes())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 1_000, 0})
  void everythingIsVerifiedWithAnyBoundOfMemory(int textInMemory) throws Exception {
    ScriptedRepository repository = new ScriptedRepository(5_000).grow(20);
    assertThat(pull(repository.serve(), textInMemory))
        .satisfies(
            summary -> {
              assertThat(summary.changesets()).isEqualTo(20);
              assertThat(summary.manifests()).isEqualTo(20);
              assertThat(summary.fileRevisions()).isEqualTo(40);
            });
    requireAll(repository);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(store());
    }
  }

  @Test
  void anIncrementalPullGetsWhatIsNew() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(5);
    pull(repository.serve(), 1_000);
    repository.grow(3);
    assertThat(pull(repository.serve(), 1_000).fileRevisions()).isEqualTo(6);
    assertThat(pull(repository.serve(), 1_000)).isEqualTo(new PullSummary(0, 0, 0, 0));
    requireAll(repository);
  }

  @Test
  void anEmptyRepositoryIsPulled() throws Exception {
    assertThat(pull(new ScriptedRepository(1).serve(), 10)).isEqualTo(new PullSummary(0, 0, 0, 0));
  }

  @Test
  void filesdataThatFailsWithParentsIsRepeatedWithout() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(20);
    repository.failsWithParents = true;
    pull(repository.serve(), 1_000);
    requireAll(repository);
    assertThat(listener.repeated())
        .hasSize(1)
        .first()
        .asString()
        .contains("No such manifest entry");
  }

  @Test
  void aDamagedTextNeverReachesTheSink() throws Exception {
    for (int kind = 0; kind < 3; kind++) {
      ScriptedRepository repository = new ScriptedRepository(5_000).grow(5);
      List<ScriptedRepository.Revision> revisions =
          List.of(
                  repository.changesets,
                  repository.manifests,
                  requireNonNull(repository.files.get(ByteString.utf8("g"))))
              .get(kind);
      repository.damaged.add(revisions.get(3).node());
      for (int textInMemory : new int[] {0, 100_000}) {
        try (Peer peer = identity(repository.serve());
            PullSink sink = new MemorySink()) {
          assertThatThrownBy(() -> Pull.run(peer, sink, options(textInMemory)))
              .isInstanceOf(VerificationException.class)
              .hasMessageContaining(revisions.get(3).node().hex());
          assertThat(sink.has(RevisionKey.changeset(repository.changesets.get(3).node())))
              .isEqualTo(kind > 0);
          assertThat(sink.has(RevisionKey.manifest(repository.manifests.get(3).node())))
              .isEqualTo(kind > 1);
        }
      }
    }
  }

  @Test
  void pullThatIsCutAnywhereResumesThere() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(2_000).grow(15);
    int cuts = 0;
    for (int length = 100; ; length += 900) {
      ScriptedServer server = repository.serve();
      // The first response is that to heads and known; the others are cut.
      server.fault(body -> body);
      for (int i = 0; i < 20; i++) {
        server.cut(length, i % 2 == 0);
      }
      if (catchThrowable(() -> pull(server, 1_000)) == null) {
        break;
      }
      cuts++;
    }
    assertThat(cuts).isGreaterThan(2);
    requireAll(repository);
  }

  @Test
  void aSinkThatOnlyVerifiesLeavesNothingBehind() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(500).grow(3);
    try (Peer peer = identity(repository.serve());
        PullSink sink = TemporaryRepositorySink.open(directory)) {
      assertThat(Pull.run(peer, sink, options(10)).fileRevisions()).isEqualTo(6);
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  private @Nullable RepositoryState state() throws IOException {
    try (PullSink sink = RepositorySink.open(store())) {
      return sink.state();
    }
  }

  private static ByteString hex(ScriptedRepository.Revision changeset) {
    return ByteString.utf8(changeset.node().hex());
  }

  @Test
  void bookmarksAndPhasesAreUpdatedWithoutNewChangesets() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(5);
    var changesets = repository.changesets;
    ByteString moved = ByteString.utf8("moved");
    ByteString deleted = ByteString.utf8("with\nline feed");
    repository.bookmarks.put(moved, hex(changesets.get(1)));
    repository.bookmarks.put(deleted, hex(changesets.get(2)));
    repository.phases.put(hex(changesets.get(3)), ByteString.utf8("1"));
    MemorySink sink = new MemorySink();
    pull(repository.serve(), sink);
    Set<Node> heads = Set.of(changesets.get(4).node());
    assertThat(sink.state())
        .isEqualTo(
            new RepositoryState(
                heads,
                Map.of(moved, changesets.get(1).node(), deleted, changesets.get(2).node()),
                false,
                Set.of(changesets.get(3).node())));

    repository.bookmarks.remove(deleted);
    repository.bookmarks.put(moved, hex(changesets.get(4)));
    repository.phases.clear();
    repository.phases.put(ByteString.utf8("publishing"), ByteString.utf8("True"));
    ScriptedServer server = repository.serve();
    assertThat(pull(server, sink)).isEqualTo(new PullSummary(0, 0, 0, 0));
    assertThat(sink.state())
        .isEqualTo(
            new RepositoryState(heads, Map.of(moved, changesets.get(4).node()), true, Set.of()));
    // The handshake, and one request for all that may have changed.
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void aStateThatIsTheSameIsNotStoredAgain() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(2);
    pull(repository.serve(), 1_000);
    AtomicInteger stored = new AtomicInteger();
    try (Peer peer = identity(repository.serve());
        PullSink sink =
            new ForwardingPullSink(RepositorySink.open(store())) {
              @Override
              public void stateReceived(RepositoryState state) {
                stored.incrementAndGet();
              }
            }) {
      Pull.run(peer, sink, options(1_000));
    }
    assertThat(stored).hasValue(0);
  }

  @Test
  void aBookmarkOfAChangesetThatDidNotComeIsLeftOut() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(2);
    repository.bookmarks.put(ByteString.utf8("b"), ByteString.utf8("ab".repeat(20)));
    pull(repository.serve(), 1_000);
    assertThat(requireNonNull(state()).bookmarks()).isEmpty();
  }

  @Test
  void aBookmarkThatIsAtNoNodeIsABadResponse() {
    ScriptedRepository repository = new ScriptedRepository(100).grow(2);
    repository.bookmarks.put(ByteString.utf8("b"), ByteString.utf8("tip"));
    assertThatThrownBy(() -> pull(repository.serve(), 1_000))
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("the bookmark b is at tip");
  }

  @Test
  void aServerThatListsNoKeysGivesNoState() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(2);
    repository.listsKeys = false;
    try (Peer peer = identity(repository.serve());
        PullSink sink = new MemorySink()) {
      assertThat(Pull.run(peer, sink, options(1_000)).changesets()).isEqualTo(2);
      assertThat(sink.state()).isNull();
    }
  }

  @Test
  void strippedChangesetsAreKept() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(30);
    pull(repository.serve(), 1_000);
    repository.strip(12).grow(4);
    ScriptedServer server = repository.serve();
    assertThat(pull(server, 1_000).changesets()).isEqualTo(4);
    requireAll(repository);
    assertThat(server.commands.stream().filter(c -> c.name().utf8().equals("known"))).hasSize(2);
  }

  @Test
  void aRepositoryThatHasNothingInCommonIsRefused() throws Exception {
    pull(new ScriptedRepository(100).grow(3).serve(), 1_000);
    ScriptedRepository unrelated = new ScriptedRepository(101).grow(3);
    assertThatThrownBy(() -> pull(unrelated.serve(), 1_000))
        .isInstanceOf(UnrelatedRepositoryException.class)
        .hasMessageContaining("no changeset in common");
    // An empty one is related to everything.
    assertThat(pull(new ScriptedRepository(1).serve(), 10)).isEqualTo(new PullSummary(0, 0, 0, 0));
  }

  @Test
  void omittedFileRevisionIsNamedAndLeavesItsChangesetIncomplete() throws Exception {
    for (int left : new int[] {0, 7, 19}) {
      ScriptedRepository repository = new ScriptedRepository(100).grow(20);
      Node node = requireNonNull(repository.files.get(ByteString.utf8("g"))).get(left).node();
      repository.leftOut.add(node);
      repository.lost.add(node);
      Path target = directory.resolve("left" + left);
      try (Peer peer = identity(repository.serve());
          PullSink sink = RepositorySink.open(target)) {
        assertThatThrownBy(() -> Pull.run(peer, sink, options(1_000)))
            .isInstanceOfSatisfying(
                VerificationException.class, e -> assertThat(e.node()).isEqualTo(node))
            .hasMessageContaining("revision " + node.hex() + " of file g");
        assertThat(sink.incomplete()).contains(repository.changesets.get(left).node());
      }
      repository.leftOut.clear();
      try (Peer peer = identity(repository.serve());
          PullSink sink = RepositorySink.open(target)) {
        assertThat(Pull.run(peer, sink, options(1_000)).fileRevisions()).isPositive();
        assertThat(sink.incomplete()).isEmpty();
        assertThat(sink.has(RevisionKey.file(ByteString.utf8("g"), node))).isTrue();
      }
    }
  }

  @Test
  void revisionThatFilesdataLeavesOutIsRequestedByItsNode() throws Exception {
    ScriptedRepository repository = new ScriptedRepository(100).grow(20);
    for (int left : new int[] {0, 7, 8, 19}) {
      repository.leftOut.add(
          requireNonNull(repository.files.get(ByteString.utf8("g"))).get(left).node());
    }
    ScriptedServer server = repository.serve();

    assertThat(pull(server, 1_000).fileRevisions()).isEqualTo(40);

    assertThat(server.commands.stream().map(command -> command.name().utf8())).contains("filedata");
    requireAll(repository);
  }
}
