// SPDX-License-Identifier: Apache-2.0
package com.example.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our client pulls the same from SQLite as from memory; each text is verified against its node. */
@Timeout(60)
final class StorageTest {
  private static final ByteString MAIN = ByteString.utf8("main");

  private record Pulled(long changesets, long manifests, long files, RepositoryState state) {}

  private final MemoryRepository source = MemoryRepository.nonPublishing();
  private final Node root = source.commit().message("root").write("a", "1\n").commit();
  private final Node left = source.commit().message("left").write("a", "2\n").commit();
  private final Node right =
      source.commit().parent(root).branch("stable").write("b", "x".repeat(700_000)).commit();
  private final Node merge =
      source.commit().parents(left, right).message("merge").rename("b", "c", "y\n").commit();
  private final Node draft = source.commit().message("draft").remove("a").commit();

  @TempDir private Path directory;
  private SqliteRepository repository;

  @BeforeEach
  void importSource() throws IOException {
    source.phase(merge, Phase.PUBLIC);
    source.bookmark("main", merge);
    source.hide(source.commit().message("obsolete").write("d", "hidden\n").commit());
    source.commit().parent(draft).phase(Phase.SECRET).write("e", "secret\n").commit();
    repository = SqliteRepository.open(directory.resolve("repository.db"));
    repository.importFrom(source);
  }

  @Test
  void clientPullsTheSameAsFromTheSource() throws IOException {
    Pulled pulled = pull(repository);
    assertEquals(pull(source), pulled);
    assertEquals(5, pulled.changesets());
    assertEquals(Map.of(MAIN, merge), pulled.state().bookmarks());
    assertEquals(Set.of(draft), pulled.state().draftRoots());
  }

  @Test
  void anotherImportAddsWhatIsNewAndChangesTheState() throws IOException {
    ByteString before = stateId();
    source.phase(draft, Phase.PUBLIC);
    source.bookmark("main", source.commit().parent(draft).write("f", "3\n").commit());
    repository.importFrom(source);
    assertEquals(pull(source), pull(repository));
    assertNotEquals(before, stateId());
  }

  @Test
  void reopenedRepositoryIsTheSame() throws IOException {
    SqliteRepository reopened = SqliteRepository.open(directory.resolve("repository.db"));
    assertEquals(repository.id(), reopened.id());
    assertEquals(pull(source), pull(reopened));
  }

  @Test
  void snapshotDoesNotSeeLaterChanges() throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      int count = snapshot.changesets().count();
      source.commit().message("later").write("a", "4\n").commit();
      repository.importFrom(source);
      assertTrue(repository.moveBookmark(MAIN, merge, draft));
      assertEquals(count, snapshot.changesets().count());
      assertEquals(merge, snapshot.bookmarks().get(MAIN));
    }
  }

  @Test
  void bookmarksAndPhasesMoveOnlyFromWhereTheClientExpectsThem() throws IOException {
    assertFalse(repository.moveBookmark(MAIN, draft, root));
    assertTrue(repository.moveBookmark(MAIN, merge, null));
    assertFalse(repository.advancePhase(draft, Phase.SECRET, Phase.PUBLIC));
    assertTrue(repository.advancePhase(draft, Phase.DRAFT, Phase.PUBLIC));
    RepositoryState state = pull(repository).state();
    assertEquals(Map.of(), state.bookmarks());
    assertEquals(Set.of(), state.draftRoots());
  }

  private ByteString stateId() throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      return snapshot.stateId();
    }
  }

  private static Pulled pull(Repository repository) throws IOException {
    ServerOptions options = ServerOptions.builder(RepositoryResolver.atRoot(repository)).build();
    try (HgWireServer server = HgWireServer.builder(options).start();
        Peer peer = Peer.connect("http://127.0.0.1:" + server.port() + "/");
        PullSink sink = TemporaryRepositorySink.open()) {
      PullSummary summary = Pull.run(peer, sink);
      return new Pulled(
          summary.changesets(), summary.manifests(), summary.fileRevisions(), sink.state());
    }
  }
}
