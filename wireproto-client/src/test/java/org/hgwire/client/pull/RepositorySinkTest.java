// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.command.Node;
import org.hgwire.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sink that is a repository, without any Mercurial. */
@Timeout(60)
final class RepositorySinkTest {
  private static final ByteString MAIN = ByteString.utf8("main");

  @TempDir Path directory;
  private final ScriptedRepository repository = new ScriptedRepository(3_000).grow(20);

  private RepositorySink open() throws IOException {
    return RepositorySink.open(directory.resolve("repository"), null);
  }

  private PullSummary pull(PullSink sink) throws IOException {
    try (Peer peer = repository.serve().connect(PeerOptions.builder())) {
      return Pull.run(peer, sink, PullOptions.DEFAULT.withBatchSize(7).withDirectory(directory));
    }
  }

  private void requireAll() throws IOException {
    requireAll(directory.resolve("repository"));
  }

  private void requireAll(Path target) throws IOException {
    try (PullSink sink = RepositorySink.open(target, null)) {
      assertThat(sink.incomplete()).isEmpty();
      assertThat(sink.heads()).containsExactly(node(repository.changesets.size() - 1));
      for (ScriptedRepository.Revision each : repository.changesets) {
        requireText(sink, RevisionKey.changeset(each.node()), each.text());
        assertThat(sink.parents(each.node())).isEqualTo(each.parents().present());
      }
      for (ScriptedRepository.Revision each : repository.manifests) {
        requireText(sink, RevisionKey.manifest(each.node()), each.text());
      }
      for (var file : repository.files.entrySet()) {
        for (ScriptedRepository.Revision each : file.getValue()) {
          requireText(sink, RevisionKey.file(file.getKey(), each.node()), each.text());
        }
      }
    }
  }

  private static void requireText(PullSink sink, RevisionKey key, ByteString text)
      throws IOException {
    assertThat(sink.has(key)).isTrue();
    assertThat(requireNonNull(sink.open(key)).readAll()).isEqualTo(text);
  }

  private Node node(int number) {
    return repository.changesets.get(number).node();
  }

  @Test
  void everythingIsKeptAndPulledOnce() throws IOException {
    try (PullSink sink = open()) {
      assertThat(sink.state()).isNull();
      assertThat(pull(sink).changesets()).isEqualTo(20);
    }
    requireAll();
    repository.grow(3);
    try (PullSink sink = open()) {
      assertThat(pull(sink).fileRevisions()).isEqualTo(6);
      assertThat(pull(sink)).isEqualTo(new PullSummary(0, 0, 0, 0));
    }
    requireAll();
  }

  /** A sink that fails once it got some revisions of a kind. */
  private static final class Failing extends ForwardingPullSink {
    private final RevisionKind kind;
    private int left;

    Failing(PullSink sink, RevisionKind kind, int left) {
      super(sink);
      this.kind = kind;
      this.left = left;
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      if (revision.key().kind() == kind && left-- == 0) {
        throw new IOException("it fails");
      }
      super.accept(revision);
    }
  }

  @ParameterizedTest
  @EnumSource(RevisionKind.class)
  void pullThatFailedLeavesWholeBatchesAndGoesOn(RevisionKind kind) throws IOException {
    for (int after : List.of(0, 6, 9, 15, 19)) {
      Path target = directory.resolve("after" + after);
      try (PullSink sink = RepositorySink.open(target, null)) {
        assertThatThrownBy(() -> pull(new Failing(sink, kind, after))).hasMessage("it fails");
      }
      try (PullSink sink = RepositorySink.open(target, null)) {
        List<Node> incomplete = new ArrayList<>();
        sink.incomplete().forEach(incomplete::add);
        for (int i = 0; i < repository.changesets.size(); i++) {
          RevisionKey manifest = RevisionKey.manifest(repository.manifests.get(i).node());
          boolean complete =
              sink.has(RevisionKey.changeset(node(i))) && !incomplete.contains(node(i));
          assertThat(sink.has(manifest)).isEqualTo(complete);
        }
        int changesets = kind == RevisionKind.CHANGESET ? after : 20;
        assertThat(sink.heads())
            .isEqualTo(changesets == 0 ? Set.of() : Set.of(node(changesets - 1)));
        pull(sink);
      }
      requireAll(target);
    }
  }

  @Test
  void cutBundleLeavesItsChangesetsBeside() throws IOException {
    byte[] bundle = ScriptedBundle.of(repository).hg20(BundleCompression.NONE);
    byte[] cut = Arrays.copyOf(bundle, bundle.length - 2_000);
    try (PullSink sink = open()) {
      assertThatThrownBy(
              () ->
                  BundleApplier.apply(
                      new ByteArrayInputStream(cut),
                      sink,
                      PullOptions.DEFAULT.withDirectory(directory)))
          .isInstanceOf(BundleException.class);
      assertThat(sink.incomplete()).hasSize(20);
      assertThat(sink.state()).isNull();
    }
    try (PullSink sink = open()) {
      assertThat(sink.incomplete()).hasSize(20);
      assertThat(pull(sink).changesets()).isZero();
    }
    requireAll();
  }

  @Test
  void whatTheServerLostIsForgotten() throws IOException {
    try (PullSink sink = open()) {
      assertThatThrownBy(() -> pull(new Failing(sink, RevisionKind.FILE, 0))).isNotNull();
      assertThat(sink.incomplete()).hasSize(20);
      assertThat(sink.forgetIncomplete()).isTrue();
      assertThat(sink.incomplete()).isEmpty();
      assertThat(sink.heads()).isEmpty();
      assertThat(pull(sink).changesets()).isEqualTo(20);
    }
    requireAll();
  }

  @Test
  void bookmarksMoveForwardAndPhasesDoNotGoBack() throws IOException {
    repository.listsKeys = false;
    try (PullSink sink = open()) {
      pull(sink);
      assertThat(requireNonNull(sink.state()).draftRoots()).containsExactly(node(0));
      sink.stateReceived(state(Map.of(MAIN, node(5)), false, node(10)));
      assertThat(requireNonNull(sink.state()).bookmarks()).containsEntry(MAIN, node(5));
      assertThat(requireNonNull(sink.state()).draftRoots()).containsExactly(node(10));
      sink.stateReceived(state(Map.of(MAIN, node(3)), false, node(2)));
      assertThat(requireNonNull(sink.state()).bookmarks()).containsEntry(MAIN, node(5));
      assertThat(requireNonNull(sink.state()).draftRoots()).containsExactly(node(10));
      ByteString other = ByteString.utf8("other");
      sink.stateReceived(state(Map.of(MAIN, node(8), other, node(1)), true, node(2)));
      assertThat(requireNonNull(sink.state()).bookmarks())
          .isEqualTo(Map.of(MAIN, node(8), other, node(1)));
      assertThat(requireNonNull(sink.state()).draftRoots()).isEmpty();
      sink.stateReceived(state(Map.of(), true, node(2)));
      assertThat(requireNonNull(sink.state()).bookmarks()).hasSize(2);
      sink.stateReceived(
          new RepositoryState(
              Set.of(node(19)), Map.of(MAIN, node(3)), true, Set.of(), Set.of(MAIN)));
      assertThat(requireNonNull(sink.state()).bookmarks()).containsEntry(MAIN, node(3));
    }
  }

  private RepositoryState state(Map<ByteString, Node> bookmarks, boolean publishing, Node draft) {
    return new RepositoryState(Set.of(node(19)), bookmarks, publishing, Set.of(draft));
  }

  @Test
  void repositoryIsOpenOnceAndOldJournalsAreRefused() throws IOException {
    try (PullSink sink = open()) {
      assertThat(sink.heads()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED));
    }
    open().close();
    Path old = Files.createDirectory(directory.resolve("old"));
    Files.writeString(old.resolve("journal"), "hgwire journal 2\n");
    assertThatThrownBy(() -> RepositorySink.open(old, null))
        .hasMessageContaining("journal of an older version");
  }
}
