// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.PathRevision;
import org.hgwire.client.Peer;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullListener;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicit;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults 12 and 13: nothing of a secret or hidden changeset is served, and a history with removed
 * files is served completely.
 */
@Timeout(60)
final class WithheldTest {
  private static final ByteString SHARED = ByteString.utf8("shared");
  private static final ByteString OWN = ByteString.utf8("own");

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secretAndHiddenChangesetsAreNotServed(boolean secret) throws Exception {
    MemoryRepository repository = MemoryRepository.nonPublishing();
    Node seen = repository.commit().write("shared", "one").message("seen").commit();
    Node withheld =
        repository
            .commit()
            .write("shared", "two")
            .write("own", "only here")
            .message("withheld")
            .commit();
    Node child = repository.commit().write("child", "of it").message("child").commit();
    Node manifest;
    Node sharedNode;
    Node ownNode;
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      int number = snapshot.changesets().revision(withheld);
      manifest = snapshot.changesets().manifest(number);
      ownNode = Objects.requireNonNull(snapshot.changes(number).get(0).node());
      sharedNode = Objects.requireNonNull(snapshot.changes(number).get(1).node());
    }
    try (ServerUnderTest server = ServerUnderTest.start(repository);
        Peer peer = Peer.connect(server.url())) {
      // What is requested below exists as long as it is visible.
      assertThat(revisions(peer, withheld)).isNotEmpty();
      assertThat(count(peer.manifestdata(manifest(manifest)))).isEqualTo(1);
      assertThat(count(peer.filedata(file(OWN, ownNode)))).isEqualTo(1);

      if (secret) {
        repository.phase(withheld, Phase.SECRET);
      } else {
        repository.hide(withheld);
      }

      assertThat(peer.heads()).containsExactly(seen);
      assertThat(peer.known(List.of(seen, withheld, child))).containsExactly(true, false, false);
      refused(() -> peer.lookup(withheld.hex()));
      refused(() -> revisions(peer, withheld));
      refused(() -> revisions(peer, child));
      refused(() -> count(peer.changesetdata(changeset(withheld))));
      refused(() -> count(peer.manifestdata(manifest(manifest))));
      refused(() -> count(peer.filedata(file(OWN, ownNode))));
      refused(() -> count(peer.filedata(file(SHARED, sharedNode))));
      assertThat(revisions(peer, seen)).containsExactly(SHARED);
    }
  }

  @FunctionalInterface
  private interface Call {
    void run() throws IOException;
  }

  private static void refused(Call call) {
    assertThatThrownBy(call::run).isInstanceOf(CommandFailedException.class);
  }

  private static ChangesetdataRequest changeset(Node node) {
    return new ChangesetdataRequest(
        List.of(new ChangesetExplicit(List.of(node))), Set.of(ChangesetField.REVISION));
  }

  private static ManifestdataRequest manifest(Node node) {
    return new ManifestdataRequest(
        ByteString.empty(), List.of(node), Set.of(ManifestField.REVISION), false);
  }

  private static FiledataRequest file(ByteString path, Node node) {
    return new FiledataRequest(path, List.of(node), Set.of(FileField.REVISION), false);
  }

  private static <R> int count(RevisionStream<?, R> stream) throws IOException {
    int count = 0;
    try (stream) {
      for (R record = stream.next(); record != null; record = stream.next()) {
        count++;
      }
    }
    return count;
  }

  private static List<ByteString> revisions(Peer peer, Node changeset) throws IOException {
    List<ByteString> paths = new ArrayList<>();
    FilesdataRequest request =
        new FilesdataRequest(
            List.of(new ChangesetExplicit(List.of(changeset))),
            EnumSet.of(FileField.REVISION),
            PathFilter.everything(),
            true);
    try (RevisionStream<FilesdataHeader, PathRevision> stream = peer.filesdata(request)) {
      long announced = stream.header().totalPaths();
      for (PathRevision record = stream.next(); record != null; record = stream.next()) {
        paths.add(record.path());
      }
      assertThat(announced).isEqualTo(paths.stream().distinct().count());
    }
    return paths;
  }

  @Test
  void historyWithRemovedFilesIsServed() throws Exception {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().write("kept", "1").write("gone", "1").write("old", "1").commit();
    Node removal = repository.commit().remove("gone").commit();
    Node rename = repository.commit().rename("old", "new", "1").commit();
    Node back = repository.commit().write("gone", "again").commit();
    try (ServerUnderTest server = ServerUnderTest.start(repository);
        Peer peer = Peer.connect(server.url());
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      assertThat(revisions(peer, removal)).isEmpty();
      assertThat(revisions(peer, rename)).containsExactly(ByteString.utf8("new"));
      assertThat(revisions(peer, back)).containsExactly(ByteString.utf8("gone"));
      List<String> repeated = new ArrayList<>();

      PullSummary summary =
          Pull.run(
              peer,
              sink,
              PullOptions.DEFAULT.withListener(
                  new PullListener() {
                    @Override
                    public void repeatedWithoutParents(String serverMessage) {
                      repeated.add(serverMessage);
                    }
                  }));

      assertThat(repeated).isEmpty();
      assertThat(summary.changesets()).isEqualTo(4);
      assertThat(summary.manifests()).isEqualTo(4);
      assertThat(summary.fileRevisions()).isEqualTo(5);
    }
  }
}
